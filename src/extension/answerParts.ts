/** What only the code and the paths of an answer need: a bundle of its own, loaded when the first is used or met. */
export { handleAnswerRequest } from "./features/chat/codeBlocks/answerRequests.ts";
