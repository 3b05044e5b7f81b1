/** Where the workspace's state says which documents hold an edit that waits, and what they held before. */
export const OPEN_EDITS_KEY = "waybill.inlineEdit.open";
