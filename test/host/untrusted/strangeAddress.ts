/** The address that the hostile folder names wherever an address can stand. */
export function strangeAddress(): string {
  return process.env["WAYBILL_STRANGE_BASE_URL"] ?? "";
}
