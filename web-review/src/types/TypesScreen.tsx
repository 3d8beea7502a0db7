import { graphql, usePreloadedQuery } from "react-relay";
import { m } from "../messages";
import type { ScreenProps } from "../navigation/router";
import { Screen } from "../shell/Screen";
import type { TypesScreenQuery } from "./__generated__/TypesScreenQuery.graphql";
import { TypePanel } from "./TypePanel";

export default function TypesScreen({ query }: ScreenProps<TypesScreenQuery>) {
  const { documentTypes } = usePreloadedQuery<TypesScreenQuery>(
    graphql`
      query TypesScreenQuery {
        documentTypes {
          id
          ...TypePanel_type
        }
      }
    `,
    query,
  );
  return (
    <Screen title={m.types.title}>
      {documentTypes.map((type) => (
        <TypePanel key={type.id} type={type} />
      ))}
    </Screen>
  );
}
