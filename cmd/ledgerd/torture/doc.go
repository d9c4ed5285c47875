// Package torture does to a cluster what befalls clusters, while clients post and read all the time: three
// real nats-server processes and three real ledgerd processes on loopback are killed, paused, cut off and
// restarted at random. It proves for the run that nothing acknowledged was lost, nothing was stored twice,
// every case behaved as if there were one of it (linearizability, by porcupine), and that in the end all
// nodes have one root. It has nothing but a test; `make torture` runs it.
//
// The seed is printed; the same seed does the same faults in the same order, not at the same instants.
// What it leaves out: clock jumps, since one machine has one clock and shifting it would hit everything
// else on it.
package torture
