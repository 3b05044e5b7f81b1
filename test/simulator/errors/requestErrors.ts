import { apiError } from "./apiError.ts";
import type { ApiError } from "./apiError.ts";

/** 400, 401 and 404 answers about the request itself; messages as recorded in 2026-09 and 2026-10. */
export function invalidJson(): ApiError {
  return apiError(400, "Input must have at least 1 token.", { metadata: { provider_name: null } });
}

export function missingMessages(): ApiError {
  return apiError(400, 'Input required: specify "prompt" or "messages"');
}

export function invalidRequest(message: string): ApiError {
  return apiError(400, message, { metadata: { error_type: "invalid_request" } });
}

export function invalidModel(id: string, userId: string): ApiError {
  return apiError(400, `${id} is not a valid model ID`, { userId });
}

export function tooManyModels(): ApiError {
  return apiError(400, "'models' array must have 3 items or fewer.");
}

export function reasoningMandatory(): ApiError {
  return apiError(400, "Reasoning is mandatory for this endpoint and cannot be disabled.", {
    metadata: { provider_name: null },
  });
}

/** Lengths in tokens. */
export function contextTooLong(limit: number, prompt: number, output: number): ApiError {
  const message =
    `This endpoint's maximum context length is ${limit} tokens. However, you requested about ${prompt + output} tokens ` +
    `(${prompt} of text input, ${output} in the output). Please reduce the length of either one.`;
  return apiError(400, message, { metadata: { error_type: "context_length_exceeded", provider_name: null } });
}

export function missingKey(): ApiError {
  return apiError(401, "No cookie auth credentials found");
}

export function badKey(): ApiError {
  return apiError(401, "User not found.");
}

export function notFound(what: string): ApiError {
  return apiError(404, `${what} not found`);
}

export function methodNotAllowed(): ApiError {
  return apiError(405, "Method Not Allowed");
}

/** The other shape of a 400: a route's own validation, without a code. */
export function zodValidation(path: string): ApiError {
  const issues = [{ code: "invalid_type", path: [path], message: "Required" }];
  return {
    status: 400,
    headers: {},
    body: { success: false, error: { name: "ZodError", message: JSON.stringify(issues, null, 2) } },
  };
}
