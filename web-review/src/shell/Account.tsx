import { Button as AriaButton, Dialog, DialogTrigger, Popover } from "react-aria-components";
import { m } from "../messages";
import { paths } from "../navigation/location";
import { Link } from "../navigation/router";
import { Button } from "../parts/Button";
import { Icon } from "../parts/icons";
import { Select } from "../parts/Select";
import { logOut } from "../session/session";
import { chooseTheme, type Theme, useTheme } from "../theme/theme";
import styles from "./Account.module.css";
import { may, useViewer } from "./Viewer";

const themes: { value: Theme; label: string }[] = [
  { value: "system", label: m.theme.system },
  { value: "light", label: m.theme.light },
  { value: "dark", label: m.theme.dark },
];

function initials(name: string): string {
  const parts = name.split(/\s+/).filter(Boolean);
  return [parts[0], parts.length > 1 ? parts.at(-1) : ""].map((part) => part?.[0] ?? "").join("");
}

export function Account({ onLogOut }: { onLogOut: () => void }) {
  const viewer = useViewer();
  const theme = useTheme();
  return (
    <DialogTrigger>
      <AriaButton className={styles.avatar ?? ""}>
        <span aria-hidden="true">{initials(viewer.name)}</span>
        <span className="visually-hidden">{`${m.account.label}: ${viewer.name}`}</span>
      </AriaButton>
      <Popover className={styles.popover ?? ""} placement="right bottom">
        <Dialog className={styles.dialog ?? ""} aria-label={m.account.label}>
          {({ close }) => (
            <>
              <p className={styles.name}>{viewer.name}</p>
              {viewer.email && <p>{viewer.email}</p>}
              <p className={styles.role}>
                {m.account.role[viewer.role]}, {viewer.organization.name}
              </p>
              <Select
                label={m.theme.label}
                value={theme}
                options={themes}
                onChange={(value) => chooseTheme(value as Theme)}
              />
              {may(viewer, "review") && (
                <Link className={styles.link} href={paths.signingKeys} onClick={close}>
                  <Icon name="key" size={16} />
                  {m.signing.keys.menu}
                </Link>
              )}
              <Button icon="out" onPress={() => void logOut().then(onLogOut)}>
                {m.account.logOut}
              </Button>
            </>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
