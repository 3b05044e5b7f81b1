/** One script per version; what was released is never changed. */
export const CHAT_MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE chat (
    id TEXT PRIMARY KEY,
    workspace TEXT NOT NULL,
    draft TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL
  ) STRICT;

  CREATE INDEX chat_by_workspace ON chat (workspace, updated_at_ms);

  CREATE TABLE message (
    chat_id TEXT NOT NULL REFERENCES chat (id),
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
    text TEXT NOT NULL,
    reasoning TEXT NOT NULL,
    state TEXT NOT NULL,
    details TEXT NOT NULL,
    PRIMARY KEY (chat_id, id)
  ) STRICT;
  `,
  // A chat becomes a tree; what was said so far is its only branch. Nothing here needs FTS5, so that an editor without it
  // writes the same file: what is to be searched is only noted.
  `
  ALTER TABLE chat ADD COLUMN title TEXT NOT NULL DEFAULT '';
  ALTER TABLE chat ADD COLUMN title_source TEXT NOT NULL DEFAULT 'none' CHECK (title_source IN ('none', 'auto', 'person'));
  ALTER TABLE chat ADD COLUMN tip_id TEXT;
  ALTER TABLE chat ADD COLUMN choice TEXT NOT NULL DEFAULT '';
  ALTER TABLE chat ADD COLUMN deleted_at_ms INTEGER;

  CREATE INDEX chat_by_time ON chat (updated_at_ms);

  ALTER TABLE message RENAME TO line_message;

  CREATE TABLE message (
    sequence INTEGER PRIMARY KEY,
    chat_id TEXT NOT NULL REFERENCES chat (id),
    id TEXT NOT NULL,
    parent_id TEXT,
    role TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
    text TEXT NOT NULL,
    reasoning TEXT NOT NULL,
    state TEXT NOT NULL,
    details TEXT NOT NULL,
    UNIQUE (chat_id, id)
  ) STRICT;

  CREATE INDEX message_in_order ON message (chat_id, sequence);

  CREATE TABLE message_to_index (sequence INTEGER PRIMARY KEY) STRICT;

  -- Not INSERT OR IGNORE: inside a trigger the statement outside says what happens with a conflict.
  CREATE TRIGGER message_added AFTER INSERT ON message BEGIN
    INSERT INTO message_to_index SELECT NEW.sequence WHERE NEW.sequence NOT IN (SELECT sequence FROM message_to_index);
  END;
  CREATE TRIGGER message_changed AFTER UPDATE OF text ON message WHEN OLD.text <> NEW.text BEGIN
    INSERT INTO message_to_index SELECT NEW.sequence WHERE NEW.sequence NOT IN (SELECT sequence FROM message_to_index);
  END;
  CREATE TRIGGER message_removed AFTER DELETE ON message BEGIN
    INSERT INTO message_to_index SELECT OLD.sequence WHERE OLD.sequence NOT IN (SELECT sequence FROM message_to_index);
  END;

  INSERT INTO message (chat_id, id, parent_id, role, text, reasoning, state, details)
    SELECT chat_id, id, lag(id) OVER (PARTITION BY chat_id ORDER BY position), role, text, reasoning, state, details
    FROM line_message ORDER BY chat_id, position;

  DROP TABLE line_message;

  UPDATE chat SET tip_id = (SELECT id FROM message WHERE chat_id = chat.id ORDER BY sequence DESC LIMIT 1);
  `,
  // Which window is writing an answer, as long as it does; a row whose window died is worth nothing.
  `
  CREATE TABLE answer_lease (
    chat_id TEXT NOT NULL,
    message_id TEXT NOT NULL,
    writer TEXT NOT NULL,
    until_ms INTEGER NOT NULL,
    PRIMARY KEY (chat_id, message_id)
  ) STRICT;
  `,
];
