import { m } from "../messages";
import { Dialog } from "../parts/Dialog";
import { Kbd } from "../parts/Kbd";
import styles from "./TaskDialogs.module.css";

export function KeysDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={m.keys.title} onClose={onClose} size="wide">
      <table>
        <tbody>
          {m.keys.rows.map(([keys, what]) => (
            <tr key={keys}>
              <th scope="row" className={styles.key}>
                <span className="visually-hidden">{keys}</span>
                <Kbd keys={keys} />
              </th>
              <td className={styles.what}>{what}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}
