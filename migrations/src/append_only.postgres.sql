CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
CREATE TRIGGER leaves_keep BEFORE UPDATE OR DELETE ON leaves FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER leaves_whole BEFORE TRUNCATE ON leaves EXECUTE FUNCTION refuse_change();
CREATE TRIGGER checkpoints_keep BEFORE UPDATE OR DELETE ON checkpoints FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER checkpoints_whole BEFORE TRUNCATE ON checkpoints EXECUTE FUNCTION refuse_change();
CREATE TRIGGER tree_nodes_keep BEFORE UPDATE OR DELETE ON tree_nodes FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER tree_nodes_whole BEFORE TRUNCATE ON tree_nodes EXECUTE FUNCTION refuse_change();
-- A value may only be erased.
CREATE TRIGGER field_values_keep BEFORE UPDATE ON field_values FOR EACH ROW
WHEN (NEW.text <> '' OR NEW.value IS NOT NULL OR NEW.regions <> '[]'
  OR NEW.id <> OLD.id OR NEW.field_id <> OLD.field_id OR NEW.version <> OLD.version OR NEW.status <> OLD.status
  OR NEW.actor_id <> OLD.actor_id OR NEW.event_id <> OLD.event_id OR NEW.at <> OLD.at)
EXECUTE FUNCTION refuse_change();
CREATE TRIGGER staged_events_keep BEFORE UPDATE ON staged_events FOR EACH ROW
WHEN (OLD.seq IS NOT NULL OR NEW.event_id <> OLD.event_id OR NEW.draft <> OLD.draft OR NEW.organization_id <> OLD.organization_id)
EXECUTE FUNCTION refuse_change();
CREATE TRIGGER staged_events_stay BEFORE DELETE ON staged_events FOR EACH ROW EXECUTE FUNCTION refuse_change();
