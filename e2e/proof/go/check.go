// Check verifies signature, tree and proofs of a Countersign bundle with Go's own transparency log libraries.
//
// usage: check BUNDLE VKEY...
//
// BUNDLE is a folder. The checkpoint is opened by golang.org/x/mod/sumdb/note, and every leaf of events.ndjson is
// compared with the tiles (a whole log) or with its proof (a part of one) by golang.org/x/mod/sumdb/tlog. What the
// leaves say is not looked at, but for seq and prev, nor are the ranges of keys.
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// A tile holds 2^8 hashes.
const height = 8

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: check BUNDLE VKEY...")
		os.Exit(2)
	}
	said, err := check(os.Args[1], os.Args[2:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "refused:", err)
		os.Exit(1)
	}
	fmt.Println(said)
}

func check(bundle string, vkeys []string) (string, error) {
	var verifiers []note.Verifier
	for _, vkey := range vkeys {
		verifier, err := note.NewVerifier(vkey)
		if err != nil {
			return "", err
		}
		verifiers = append(verifiers, verifier)
	}
	keys := note.VerifierList(verifiers...)
	signed, err := os.ReadFile(filepath.Join(bundle, "checkpoint"))
	if err != nil {
		return "", err
	}
	tree, err := open(signed, keys)
	if err != nil {
		return "", err
	}
	count := int64(0)
	if _, err := os.Stat(filepath.Join(bundle, "tile")); err == nil {
		count, err = checkLog(bundle, tree)
		if err != nil {
			return "", err
		}
	} else if count, err = checkPart(bundle, signed, tree, keys); err != nil {
		return "", err
	}
	return fmt.Sprintf("%d leaves are under the signed root of %d leaves", count, tree.N), nil
}

// open reads a C2SP tlog-checkpoint; tlog.ParseTree reads that of the Go checksum database alone.
func open(signed []byte, keys note.Verifiers) (tlog.Tree, error) {
	opened, err := note.Open(signed, keys)
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != opened.Sigs[0].Name {
		return tlog.Tree{}, errors.New("not a checkpoint of the log whose key signed it")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || strconv.FormatInt(size, 10) != lines[1] {
		return tlog.Tree{}, errors.New("the size of the checkpoint is no number")
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

// tiles reads the tiles of a bundle: the C2SP paths have no height in them, as it is always 8.
type tiles struct{ folder string }

func (t tiles) Height() int                         { return height }
func (t tiles) SaveTiles(_ []tlog.Tile, _ [][]byte) {}
func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range wanted {
		path := strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/", height), "tile/", 1)
		data, err := os.ReadFile(filepath.Join(t.folder, path))
		if err != nil {
			return nil, err
		}
		found = append(found, data)
	}
	return found, nil
}

func checkLog(bundle string, tree tlog.Tree) (int64, error) {
	reader := tlog.TileHashReader(tree, tiles{bundle})
	var hashes []tlog.Hash
	var first int64
	// A tile at a time: the reader proves each against the root.
	compare := func() error {
		var indexes []int64
		for n := range hashes {
			indexes = append(indexes, tlog.StoredHashIndex(0, first+int64(n)))
		}
		proven, err := reader.ReadHashes(indexes)
		if err != nil {
			return err
		}
		for n := range proven {
			if proven[n] != hashes[n] {
				return fmt.Errorf("leaf %d is not the one under the signed root", first+int64(n))
			}
		}
		first, hashes = first+int64(len(hashes)), hashes[:0]
		return nil
	}
	err := lines(bundle, func(leaf []byte) error {
		if first+int64(len(hashes)) == tree.N {
			return errors.New("more leaves than the checkpoint covers")
		}
		hashes = append(hashes, tlog.RecordHash(leaf))
		if len(hashes) == 1<<height {
			return compare()
		}
		return nil
	})
	if err == nil && len(hashes) > 0 {
		err = compare()
	}
	if err == nil && first != tree.N {
		err = fmt.Errorf("%d leaves, but the checkpoint has %d", first, tree.N)
	}
	return first, err
}

func checkPart(bundle string, signed []byte, tree tlog.Tree, keys note.Verifiers) (int64, error) {
	count, chained := int64(0), ""
	err := lines(bundle, func(leaf []byte) error {
		var said struct {
			Seq  int64
			Prev string
		}
		if err := json.Unmarshal(leaf, &said); err != nil {
			return err
		}
		hash := tlog.RecordHash(leaf)
		if chained != "" && said.Prev != chained {
			return fmt.Errorf("leaf %d does not follow the one before it", said.Seq)
		}
		chained = ""
		count++
		path := filepath.Join(bundle, "proofs", fmt.Sprintf("%d.tlog-proof", said.Seq))
		text, err := os.ReadFile(path)
		if errors.Is(err, os.ErrNotExist) {
			// A run of leaves is proven by its last one.
			chained = hex.EncodeToString(hash[:])
			return nil
		}
		if err != nil {
			return err
		}
		return checkProof(string(text), said.Seq, hash, signed, tree, keys)
	})
	if err == nil && chained != "" {
		err = errors.New("the last leaf has no proof")
	}
	return count, err
}

// checkProof reads a C2SP tlog-proof. One under another checkpoint than the bundle's brings that along.
func checkProof(text string, seq int64, hash tlog.Hash, signed []byte, tree tlog.Tree, keys note.Verifiers) error {
	at := strings.Index(text, "\n\n")
	if at < 0 {
		return errors.New("not a proof")
	}
	if own := []byte(text[at+2:]); !bytes.Equal(own, signed) {
		var err error
		if tree, err = open(own, keys); err != nil {
			return err
		}
	}
	head := strings.Split(text[:at], "\n")
	if len(head) < 2 || head[0] != "c2sp.org/tlog-proof@v1" || head[1] != fmt.Sprintf("index %d", seq) {
		return fmt.Errorf("not a proof of leaf %d", seq)
	}
	var proof tlog.RecordProof
	for _, line := range head[2:] {
		bytes, err := base64.StdEncoding.DecodeString(line)
		if err != nil || len(bytes) != tlog.HashSize {
			return fmt.Errorf("not a proof of leaf %d", seq)
		}
		proof = append(proof, *(*tlog.Hash)(bytes))
	}
	return tlog.CheckRecord(proof, tree.N, tree.Hash, seq, hash)
}

func lines(bundle string, take func([]byte) error) error {
	file, err := os.Open(filepath.Join(bundle, "events.ndjson"))
	if err != nil {
		return err
	}
	defer file.Close()
	reader := bufio.NewReader(file)
	for {
		line, err := reader.ReadBytes('\n')
		if err == io.EOF && len(line) == 0 {
			return nil
		}
		if err != nil {
			return errors.New("the last line of events.ndjson does not end")
		}
		if err := take(line[:len(line)-1]); err != nil {
			return err
		}
	}
}
