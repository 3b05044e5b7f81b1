import type { Waybill } from "./waybill.ts";

/**
 * The model that an answer speaks for: the one asked for, under its own id, unless another one served. A dated or suffixed
 * id of the asked one is still the asked one.
 */
export function answeringModel({ askedModel, servedModel }: Pick<Waybill, "askedModel" | "servedModel">): string {
  return servedModel === undefined || isSameModel(askedModel, servedModel) ? askedModel : servedModel;
}

export function isSameModel(asked: string, served: string): boolean {
  const base = (id: string) => id.replace(/^~/, "").replace(/:[a-z-]+$/, "");
  const [askedBase, servedBase] = [base(asked), base(served)];
  if (askedBase === servedBase) return true;
  return servedBase.startsWith(`${askedBase}-`) && /^-\d{4}/.test(servedBase.slice(askedBase.length));
}
