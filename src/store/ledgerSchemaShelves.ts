/** Which shelf a sum is on: of chats by the first byte of the id, else by month. */
function shelfOf(row: string): string {
  const chats = `iif(typeof(${row}.name) = 'blob', 'chat ' || substr(hex(${row}.name), 1, 2), 'chat')`;
  return `iif(${row}.scope = 'chat', ${chats}, ${row}.scope || ' ' || substr(${row}.day, 1, 7))`;
}

/**
 * Version 6: `total_shelf` has, kept by triggers, how many sums there are on each shelf and the sum of their seals, so that
 * one that is lost is missed without reading all of them; `shelf_amiss` has the shelves where one is, but for chats. Holds
 * get a seal (`holds.ts`). Needs the function `seal`.
 */
export const SHELVES = `
  CREATE TABLE total_shelf (
    shelf TEXT PRIMARY KEY,
    entries INTEGER NOT NULL,
    seals INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  INSERT INTO total_shelf SELECT ${shelfOf("spend_total")}, count(*), sum(seal) FROM spend_total GROUP BY 1;
  CREATE TRIGGER shelf_in AFTER INSERT ON spend_total BEGIN
    INSERT INTO total_shelf (shelf, entries, seals) VALUES (${shelfOf("NEW")}, 1, NEW.seal)
      ON CONFLICT DO UPDATE SET entries = entries + 1, seals = seals + excluded.seals;
  END;
  CREATE TRIGGER shelf_again AFTER UPDATE OF seal ON spend_total BEGIN
    UPDATE total_shelf SET seals = seals + NEW.seal - OLD.seal WHERE shelf = ${shelfOf("NEW")};
  END;

  CREATE VIEW shelf_amiss AS SELECT shelf FROM (
      SELECT ${shelfOf("spend_total")} AS shelf, count(*) AS entries, sum(seal) AS seals FROM spend_total
        WHERE scope IN ('user', 'workspace', 'key') GROUP BY 1
      UNION ALL SELECT shelf, -entries, -seals FROM total_shelf WHERE shelf NOT LIKE 'chat%'
    ) GROUP BY shelf HAVING sum(entries) <> 0 OR sum(seals) <> 0;

  ALTER TABLE reservation ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;
  UPDATE reservation SET seal = seal(id, day, workspace, key_label, chat, amount_nano, tokens, gateway_origin);
`;
