// Mocha's own list of tests, plus the counts and the files with failed tests as JSON in the file that WAYBILL_TEST_COUNTS names.
import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import Mocha from "mocha";

// Mocha takes a reporter only as the default export of its file.
// oxlint-disable-next-line import/no-default-export
export default class CountingReporter extends Mocha.reporters.Spec {
  epilogue() {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    const file = process.env.WAYBILL_TEST_COUNTS;
    const failedFiles = [...new Set(this.failures.map((test) => relative(process.cwd(), test.file ?? "")))];
    if (file !== undefined) writeFileSync(file, JSON.stringify({ passes, failures, pending, failedFiles }));
  }
}
