/**
 * Version 5: what gateways say of keys. `key_total` has what was booked on a key at a gateway by day, kept by triggers;
 * `key_standing` what the gateway said last, with the ledger's own sums of that moment. A cost that is corrected later
 * is corrected in those sums, too (rows up to `last_sequence` are in them). `first_…` is the first day of the period that
 * a figure is about. `key_wall` is where a gateway's own limit stands: a sum that only the journal had belongs to no
 * gateway any more, and counts for each.
 */
export const KEY_STANDINGS = `
  CREATE TABLE key_total (
    key_label INTEGER NOT NULL,
    gateway_origin INTEGER NOT NULL,
    day TEXT NOT NULL,
    spent_nano INTEGER NOT NULL,
    PRIMARY KEY (key_label, gateway_origin, day)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO key_total SELECT key_label, gateway_origin, day, sum(cost_nano) FROM waybill_row GROUP BY 1, 2, 3;

  CREATE TABLE key_standing (
    gateway_origin TEXT NOT NULL,
    key_label TEXT NOT NULL,
    taken_at_ms INTEGER NOT NULL,
    limit_nano INTEGER,
    remaining_nano INTEGER,
    limit_period TEXT NOT NULL,
    first_limit TEXT,
    used_day INTEGER,
    used_week INTEGER,
    used_month INTEGER,
    first_day TEXT NOT NULL,
    first_week TEXT NOT NULL,
    first_month TEXT NOT NULL,
    booked_day INTEGER NOT NULL,
    booked_week INTEGER NOT NULL,
    booked_month INTEGER NOT NULL,
    last_sequence INTEGER NOT NULL,
    was_told INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (gateway_origin, key_label)
  ) STRICT, WITHOUT ROWID;

  CREATE VIEW key_wall AS
    SELECT key_standing.gateway_origin, key_standing.key_label, limit_period, first_limit,
      coalesce(limit_nano, remaining_nano) AS limit_nano,
      coalesce(limit_nano, remaining_nano) - remaining_nano + max(0, coalesce(
        (SELECT sum(spent_nano * (gateway_origin = gateway.id)) + max(0,
           (SELECT coalesce(sum(spent_nano), 0) FROM spend_total WHERE scope = 'key' AND name = key.id AND day >= first_month)
           - sum(spent_nano)) FROM key_total WHERE key_label = key.id AND day >= first_month), 0) - booked_month)
        AS spent_nano,
      coalesce((SELECT sum(amount_nano) FROM reservation WHERE reservation.gateway_origin = key_standing.gateway_origin
        AND reservation.key_label = key_standing.key_label), 0) AS held_nano
    FROM key_standing
    LEFT JOIN label gateway ON gateway.text = key_standing.gateway_origin
    LEFT JOIN label key ON key.text = key_standing.key_label
    WHERE remaining_nano IS NOT NULL;

  CREATE TRIGGER key_in AFTER INSERT ON waybill_row BEGIN
    INSERT INTO key_total (key_label, gateway_origin, day, spent_nano)
      VALUES (NEW.key_label, NEW.gateway_origin, NEW.day, NEW.cost_nano)
      ON CONFLICT DO UPDATE SET spent_nano = spent_nano + excluded.spent_nano;
  END;
  CREATE TRIGGER key_again AFTER UPDATE OF cost_nano ON waybill_row WHEN NEW.cost_nano <> OLD.cost_nano BEGIN
    UPDATE key_total SET spent_nano = spent_nano + NEW.cost_nano - OLD.cost_nano
      WHERE key_label = NEW.key_label AND gateway_origin = NEW.gateway_origin AND day = NEW.day;
    UPDATE key_standing SET
      booked_day = booked_day + (NEW.cost_nano - OLD.cost_nano) * (NEW.day >= first_day),
      booked_week = booked_week + (NEW.cost_nano - OLD.cost_nano) * (NEW.day >= first_week),
      booked_month = booked_month + (NEW.cost_nano - OLD.cost_nano) * (NEW.day >= first_month)
      WHERE NEW.sequence <= last_sequence
        AND gateway_origin = (SELECT text FROM label WHERE id = NEW.gateway_origin)
        AND key_label = (SELECT text FROM label WHERE id = NEW.key_label);
  END;
`;
