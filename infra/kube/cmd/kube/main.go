// Command kube is the control plane for tests in one file: the name it is called by (a symlink) selects the program.
//
// One binary instead of four saves link time and disk, because the programs share nearly all of their packages. fabric8's
// kube-api-test finds them as kube-apiserver, etcd and kubectl in one folder.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"go.etcd.io/etcd/server/v3/etcdmain"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	kubectl "k8s.io/kubectl/pkg/cmd"
	kubectlutil "k8s.io/kubectl/pkg/cmd/util"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllermanager "k8s.io/kubernetes/cmd/kube-controller-manager/app"
)

func main() {
	switch name := filepath.Base(os.Args[0]); name {
	case "etcd":
		etcdmain.Main(os.Args)
	case "kubectl": // prints its own errors, in its own way
		kubectlutil.CheckErr(cli.RunNoErrOutput(kubectl.NewDefaultKubectlCommand()))
	case "kube-apiserver":
		serve(apiserver.NewAPIServerCommand())
	case "kube-controller-manager":
		serve(controllermanager.NewControllerManagerCommand())
	default:
		fmt.Fprintf(os.Stderr, "called as %q: call it by a symlink named etcd, kubectl, kube-apiserver or kube-controller-manager\n", name)
		os.Exit(2)
	}
}

func serve(command *cobra.Command) { os.Exit(cli.Run(command)) }
