import org.codelibs.opensearch.runner.OpenSearchRunner;
import static org.codelibs.opensearch.runner.OpenSearchRunner.newConfigs;

/** One OpenSearch on loopback: java Launcher <folder> <http port> <transport port>. Ends with its process. */
public class Launcher {
    public static void main(String[] args) throws Exception {
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.onBuild((number, settings) -> {
            settings.put("network.host", "127.0.0.1");
            settings.put("http.port", args[1]);
            settings.put("transport.port", args[2]);
            settings.putList("discovery.seed_hosts");
            settings.putList("cluster.initial_cluster_manager_nodes", "Node 1");
        }).build(newConfigs().basePath(args[0]).numOfNode(1).clusterName("journey-" + args[1]).disableESLogger());
        runner.ensureYellow();
        System.out.println("OpenSearch is ready");
        Thread.sleep(Long.MAX_VALUE);
    }
}
