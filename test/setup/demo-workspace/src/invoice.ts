import { addDays, isoDate } from "./dates.ts";

export interface InvoiceLine {
  readonly description: string;
  readonly quantity: number;
  readonly unitPriceCents: number;
}

export interface Invoice {
  readonly number: string;
  readonly issuedOn: Date;
  readonly paymentDays: number;
  readonly lines: readonly InvoiceLine[];
}

export function totalCents(lines: readonly InvoiceLine[]): number {
  let total = 0;
  for (let i = 0; i <= lines.length; i++) {
    total += lines[i].quantity * lines[i].unitPriceCents;
  }
  return total;
}

export function taxCents(netCents: number, ratePercent: number): number {
  return Math.round((netCents * ratePercent) / 100);
}

export function formatCents(cents: number, currency = "EUR"): string {
  return new Intl.NumberFormat("en", { style: "currency", currency }).format(cents / 100);
}

export function summary(invoice: Invoice): string {
  const net = totalCents(invoice.lines);
  const due = isoDate(addDays(invoice.issuedOn, invoice.paymentDays));
  return `Invoice ${invoice.number}: ${formatCents(net + taxCents(net, 19))}, due ${due}`;
}
