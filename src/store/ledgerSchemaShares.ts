const ROLL_KEY = "day, workspace, key_label, model, provider, task_type, surface";

/** What a verdict adds to a day's sums: a thousandth is a thousandth of an answer. */
function permilleOf(row: string): string {
  const share = `coalesce((1000 * ${row}.accepted_lines + ${row}.proposed_lines / 2) / ${row}.proposed_lines, 500)`;
  return `iif(${row}.kind = 'partly-accepted', ${share}, 0)`;
}

function keyOf(row: string): string {
  return ROLL_KEY.split(", ")
    .map((column) => `${row}.${column}`)
    .join(", ");
}

/** The sums of the day that a verdict is about. */
function countPartly(amount: string): string {
  return `UPDATE day_roll SET partly_permille = partly_permille + ${amount}
    WHERE (${ROLL_KEY}) = (SELECT ${ROLL_KEY} FROM waybill_row WHERE sequence = NEW.sequence);`;
}

/**
 * Version 7: how many of an edit's changed lines were accepted, and how many of those the person changed afterwards. NULL is
 * not known, as in all older rows. `partly_permille` has the shares of partly accepted answers beside the count of accepted
 * ones, an unknown share as a half. It follows verdicts, and rows that a correction moves to other sums.
 */
export const SHARES = `
  ALTER TABLE outcome ADD COLUMN accepted_lines INTEGER CHECK (accepted_lines >= 0);
  ALTER TABLE outcome ADD COLUMN proposed_lines INTEGER CHECK (proposed_lines > 0 AND proposed_lines >= accepted_lines);
  ALTER TABLE outcome ADD COLUMN edited_lines INTEGER CHECK (edited_lines > 0);

  ALTER TABLE day_roll ADD COLUMN partly_permille INTEGER NOT NULL DEFAULT 0;
  UPDATE day_roll SET partly_permille = known.permille
    FROM (
      SELECT ${keyOf("waybill_row")}, 500 * count(*) AS permille
      FROM outcome JOIN waybill_row ON waybill_row.sequence = outcome.sequence
      WHERE outcome.kind = 'partly-accepted' GROUP BY ${keyOf("waybill_row")}
    ) AS known
    WHERE (${keyOf("day_roll")}) = (${keyOf("known")});

  CREATE TRIGGER partly_in AFTER INSERT ON outcome WHEN NEW.kind = 'partly-accepted' BEGIN
    ${countPartly(permilleOf("NEW"))}
  END;
  CREATE TRIGGER partly_again AFTER UPDATE ON outcome WHEN ${permilleOf("NEW")} <> ${permilleOf("OLD")} BEGIN
    ${countPartly(`${permilleOf("NEW")} - ${permilleOf("OLD")}`)}
  END;
  CREATE TRIGGER partly_moves AFTER UPDATE ON waybill_row
    WHEN EXISTS (SELECT 1 FROM outcome WHERE sequence = NEW.sequence AND kind = 'partly-accepted')
  BEGIN
    UPDATE day_roll SET partly_permille = partly_permille
        - (SELECT sum(${permilleOf("outcome")}) FROM outcome WHERE sequence = OLD.sequence AND kind = 'partly-accepted')
      WHERE (${ROLL_KEY}) = (${keyOf("OLD")});
    INSERT INTO day_roll (${ROLL_KEY}, requests, turns, cost_nano, prompt_tokens, completion_tokens, cached_tokens,
        stopped_nano, accepted, partly_permille)
      SELECT ${keyOf("NEW")}, 0, 0, 0, 0, 0, 0, 0, 0, ${permilleOf("outcome")}
      FROM outcome WHERE sequence = NEW.sequence AND kind = 'partly-accepted'
      ON CONFLICT (${ROLL_KEY}) DO UPDATE SET partly_permille = partly_permille + excluded.partly_permille;
  END;
`;
