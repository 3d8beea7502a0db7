CREATE TRIGGER leaves_keep BEFORE UPDATE ON leaves BEGIN SELECT RAISE(ABORT, 'leaves are append-only'); END;
CREATE TRIGGER leaves_stay BEFORE DELETE ON leaves BEGIN SELECT RAISE(ABORT, 'leaves are append-only'); END;
CREATE TRIGGER checkpoints_keep BEFORE UPDATE ON checkpoints BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END;
CREATE TRIGGER checkpoints_stay BEFORE DELETE ON checkpoints BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END;
CREATE TRIGGER tree_nodes_keep BEFORE UPDATE ON tree_nodes BEGIN SELECT RAISE(ABORT, 'nodes are append-only'); END;
CREATE TRIGGER tree_nodes_stay BEFORE DELETE ON tree_nodes BEGIN SELECT RAISE(ABORT, 'nodes are append-only'); END;
-- A value may only be erased.
CREATE TRIGGER field_values_keep BEFORE UPDATE ON field_values
WHEN NEW.text <> '' OR NEW.value IS NOT NULL OR NEW.regions <> '[]'
  OR NEW.id <> OLD.id OR NEW.field_id <> OLD.field_id OR NEW.version <> OLD.version OR NEW.status <> OLD.status
  OR NEW.actor_id <> OLD.actor_id OR NEW.event_id <> OLD.event_id OR NEW.at <> OLD.at
BEGIN SELECT RAISE(ABORT, 'field values are append-only'); END;
CREATE TRIGGER staged_events_keep BEFORE UPDATE ON staged_events
WHEN OLD.seq IS NOT NULL OR NEW.event_id <> OLD.event_id OR NEW.draft <> OLD.draft OR NEW.organization_id <> OLD.organization_id
BEGIN SELECT RAISE(ABORT, 'a staged event only ever receives its seq'); END;
CREATE TRIGGER staged_events_stay BEFORE DELETE ON staged_events BEGIN SELECT RAISE(ABORT, 'staged events are append-only'); END;
