import { graphql, usePreloadedQuery } from "react-relay";
import { m } from "../messages";
import { paths } from "../navigation/location";
import { type ScreenProps, useNavigation } from "../navigation/router";
import { Select } from "../parts/Select";
import { Screen } from "../shell/Screen";
import { may, useViewer } from "../shell/Viewer";
import { UploadPanel } from "../upload/UploadPanel";
import type { DocumentsScreenQuery } from "./__generated__/DocumentsScreenQuery.graphql";
import { DocumentTable } from "./DocumentTable";
import { stateIn, states } from "./stateFilter";

export default function DocumentsScreen({ query, search }: ScreenProps<DocumentsScreenQuery>) {
  const data = usePreloadedQuery<DocumentsScreenQuery>(
    graphql`
      query DocumentsScreenQuery($state: DocumentState) {
        ...DocumentTable_query @arguments(state: $state)
        ...UploadPanel_query
      }
    `,
    query,
  );
  const { navigate } = useNavigation();
  const viewer = useViewer();
  const state = stateIn(search);
  const options = [
    { value: "", label: m.documents.all },
    ...states.map((value) => ({ value, label: m.documents.state_[value] })),
  ];
  return (
    <Screen
      title={m.documents.title}
      aside={
        <Select
          label={m.documents.filter}
          value={state ?? ""}
          options={options}
          onChange={(value) => navigate(value === "" ? paths.documents : `${paths.documents}?state=${value}`)}
        />
      }
    >
      {!may(viewer, "readTasks") && <UploadPanel query={data} />}
      <DocumentTable key={state} query={data} state={state} />
    </Screen>
  );
}
