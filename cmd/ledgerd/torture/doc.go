// Package torture does to a cluster what befalls clusters, while clients post and read all the time: three
// real nats-server processes and three real ledgerd processes on loopback are killed, paused, cut off and
// restarted at random. It proves for the run that nothing acknowledged was lost, nothing was stored twice,
// every case behaved as if there were one of it (linearizability, by porcupine), and that in the end all
// nodes have one root. It has nothing but a test; `make torture` runs it.
//
// The seed is printed; the same seed does the same faults in the same order, not at the same instants.
// A run of some minutes begins on the previous version of nats-server, whose stores the servers of today then
// take over one by one. It is in a network namespace where that is allowed, and says at its start which
// faults are made in which way on this machine. The clocks of the nodes jump; those of the servers do not,
// since nothing that the ledger says comes from them.
package torture
