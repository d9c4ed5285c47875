// Package seal makes the log tamper-evident: it follows the log, writes the tiles of its tree,
// signs checkpoints, asks witnesses for cosignatures and serves proofs. It guarantees that nothing
// is signed which contradicts anything signed before, and that what is signed exists twice on disk
// and can be proven from the tiles. What the bodies say is left to others, and so is keeping the
// log writable: whoever runs a Sealer stops the ledger when Run ends with an events.ErrIntegrity.
//
// Formats are those of C2SP: tlog-tiles, tlog-checkpoint, tlog-witness, tlog-proof.
//
// # The seven steps
//
// One path serves normal running and recovery; the order is the design. Each step has its function,
// and its comment says what a crash there means.
//
//	1 read      the events after the sealed size             copyTail
//	2 archive   their bodies, synced                         copyTail
//	3 tiles     entry bundles and tiles, synced, read back   writeTiles
//	4 sign      the checkpoint, or meet the one known        signOrMeet
//	5 keep      compare-and-swap in LEDGER_CP, then a file   keep
//	6 witness   ask for cosignatures, keep each              askAll
//	7 publish   when the policy's quorum is met              publish
package seal
