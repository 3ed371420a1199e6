package worker_test

import (
	cli "flag"
	"os"
	"runtime/debug"
	"testing"
)

// TestMain plays more tests at once than there are processors: most of them wait
// for a service that is slow on purpose.
func TestMain(m *testing.M) {
	cli.Parse()
	if at := cli.Lookup("test.parallel"); at.Value.String() == at.DefValue {
		cli.Set("test.parallel", "8")
	}
	debug.SetGCPercent(400)       // a world is gone after its case: collecting it is a tenth of the work
	debug.SetMemoryLimit(3 << 30) // of which every case of the tables would take more
	os.Exit(m.Run())
}
