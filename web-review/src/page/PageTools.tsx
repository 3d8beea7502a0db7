import type { Ref } from "react";
import { ToggleButton, Toolbar } from "react-aria-components";
import { m } from "../messages";
import { formatNumber } from "../messages/format";
import { IconButton } from "../parts/Button";
import { Icon } from "../parts/icons";
import styles from "./Page.module.css";

interface Search {
  ref: Ref<HTMLInputElement>;
  sought: string;
  hits: number;
  onSeek: (sought: string) => void;
  onLeave: () => void;
}

export function PageTools({
  number,
  count,
  onTurnPage,
  scale,
  onZoom,
  onFit,
  onRotate,
  boxes,
  onBoxes,
  search,
}: {
  number: number;
  count: number;
  onTurnPage: (step: -1 | 1) => void;
  scale: number;
  onZoom: (step: -1 | 1) => void;
  onFit: () => void;
  onRotate: () => void;
  boxes: boolean;
  onBoxes: (on: boolean) => void;
  search: Search | null;
}) {
  return (
    <Toolbar className={styles.tools ?? ""} aria-label={m.page.tools}>
      {count > 1 && (
        <IconButton icon="left" label={m.page.previous} isDisabled={number <= 1} onPress={() => onTurnPage(-1)} />
      )}
      <span className={styles.quiet}>{m.page.of(number, count)}</span>
      {count > 1 && (
        <IconButton icon="right" label={m.page.next} isDisabled={number >= count} onPress={() => onTurnPage(1)} />
      )}
      <span className={styles.divider} />
      <IconButton icon="minus" label={m.page.zoomOut} onPress={() => onZoom(-1)} />
      <span className={`${styles.quiet} ${styles.percent}`}>{formatNumber(Math.round(scale * 100))} %</span>
      <IconButton icon="plus" label={m.page.zoomIn} onPress={() => onZoom(1)} />
      <IconButton icon="fit" label={m.page.fit} onPress={onFit} />
      <IconButton icon="rotate" label={m.page.rotate} onPress={onRotate} />
      <ToggleButton className={styles.toggle ?? ""} isSelected={boxes} onChange={onBoxes} aria-label={m.page.boxes}>
        <Icon name="boxes" />
      </ToggleButton>
      {search && (
        <>
          <span className={styles.divider} />
          <span className={styles.find}>
            <Icon name="search" size={16} />
            <input
              ref={search.ref}
              type="search"
              aria-label={m.page.find}
              placeholder={m.page.find}
              value={search.sought}
              onChange={(event) => search.onSeek(event.target.value)}
              onKeyDown={(event) => {
                if (event.key === "ArrowLeft" || event.key === "ArrowRight") event.stopPropagation();
                if (event.key !== "Enter" && event.key !== "Escape") return;
                event.preventDefault();
                event.stopPropagation();
                if (event.key === "Escape") search.onSeek("");
                search.onLeave();
              }}
            />
            <span className={styles.hits} role="status">
              {search.sought.trim() === "" ? "" : m.page.hits(search.hits)}
            </span>
          </span>
        </>
      )}
    </Toolbar>
  );
}
