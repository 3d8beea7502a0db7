import { m } from "../messages";
import { paths } from "../navigation/location";
import { Link } from "../navigation/router";
import { Screen } from "./Screen";

export function NotFound() {
  return (
    <Screen title={m.notFound.title}>
      <p>{m.notFound.text}</p>
      <p>
        <Link href={paths.queues}>{m.notFound.home}</Link>
      </p>
    </Screen>
  );
}
