using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ExecutionDashboard.Benchmarks.Change;

/// <summary>A control plane in this process that answers from prepared JSON, so that the benchmark knows when each change was made. Rows are as long as those of real servers.</summary>
internal sealed class BenchControlPlane : IAsyncDisposable
{
    private const int Jobs = 50;
    private static readonly DateTimeOffset Created = TimeProvider.System.GetUtcNow().AddHours(-2);
    private readonly Lock _gate = new();
    private readonly WebApplication _app;
    private readonly string[] _rows;
    private readonly int[] _revisions;
    private readonly LinkedListNode<int>[] _places;
    private readonly LinkedList<int> _changed = [];
    private readonly string _nodes, _jobs;
    private DateTimeOffset _last;

    private BenchControlPlane(WebApplication app, int executions, int nodes)
    {
        (_app, _rows, _revisions, _places) = (app, new string[executions], new int[executions], new LinkedListNode<int>[executions]);
        for (var i = 0; i < executions; i++)
        {
            _places[i] = _changed.AddLast(i);
            Write(i, "started", Created.AddSeconds(-i));
        }
        _nodes = List(Enumerable.Range(0, nodes).Select(i => $$"""{"id":"node-{{i:d5}}","spec":{"name":"edge-{{i:d5}}","hostname":"edge-{{i:d5}}.site.example","os":"linux","arch":"arm64","agent_version":"2.1.21","labels":{"region":"eu-{{i % 7}}","site":"s{{i % 90}}","tier":"edge"},"capabilities":{"inputs":["file","http_server","mqtt"],"outputs":["http_client","file"],"processors":["mapping","log"],"runtimes":["docker"]} },"status":{"connection_state":"connected","connected_since":"{{Text(Created)}}","last_heartbeat":"{{Text(Created)}}","created_at":"{{Text(Created)}}","updated_at":"{{Text(Created)}}","revision":7,"resource_usage":{"cpu_percent":12.5,"memory_percent":40.1,"memory_used_bytes":3221225472,"memory_capacity_bytes":8589934592,"disk_percent":33.3} } }"""), "");
        _jobs = List(Enumerable.Range(0, Jobs).Select(i => $$"""{"id":"job-{{i:d3}}","spec":{{Spec(i)}},"status":{"version":3,"revision":9,"state":{"state_type":"running"},"created_at":"{{Text(Created)}}","updated_at":"{{Text(Created)}}"} }"""), "");
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app.Urls.First() + "/");

    /// <summary>Starts one.</summary>
    public static async Task<BenchControlPlane> StartAsync(int executions, int nodes)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var server = new BenchControlPlane(app, executions, nodes);
        app.MapGet("/api/v1/executions", (HttpRequest ask) => Json(server.Page(ask.Query)));
        app.MapGet("/api/v1/jobs", () => Json(server._jobs));
        app.MapGet("/api/v1/nodes", () => Json(server._nodes));
        app.MapGet("/api/v1/deployments", () => Json("""{"items":[],"next_token":""}"""));
        app.MapGet("/api/v1/status", () => Json($$$"""{"executions":{"total":{{{executions}}}}}"""));
        await app.StartAsync();
        return server;
    }

    /// <summary>Changes an execution; 0 is the one that was created last.</summary>
    public void Change(int index, string message)
    {
        lock (_gate)
        {
            // No two have the same time, as with a server whose clock has nanoseconds.
            var now = TimeProvider.System.GetUtcNow();
            _last = now > _last ? now : _last.AddTicks(1);
            Write(index, message, _last);
            _changed.Remove(_places[index]);
            _changed.AddFirst(_places[index]);
        }
    }

    private void Write(int i, string message, DateTimeOffset updated) => _rows[i] =
        $$"""{"id":"exec-{{i:d8}}-7c1e-4b52-9d7a-0123456789ab","namespace":"default","job_id":"job-{{i % Jobs:d3}}","job_type":"pipeline","job_version":3,"node_id":"node-{{i / 10:d5}}","eval_id":"eval-{{i:d8}}","job_spec":{{Spec(i % Jobs)}},"status":{"desired_state":{"state_type":"running"},"observed_state":{"state_type":"{{(_revisions[i] % 2 == 0 ? "running" : "degraded")}}","message":"{{message}}"},"revision":{{++_revisions[i]}},"created_at":"{{Text(Created.AddSeconds(-i))}}","updated_at":"{{Text(updated)}}"} }""";

    private string Page(IQueryCollection ask)
    {
        var (limit, skip) = (Number(ask["limit"], 50), Number(ask["next_token"], 0));
        lock (_gate)
        {
            var order = ask["order_by"] == "updated_at" ? _changed.AsEnumerable() : Enumerable.Range(0, _rows.Length);
            return List(order.Skip(skip).Take(limit).Select(i => _rows[i]), skip + limit < _rows.Length ? $"{skip + limit}" : "");
        }
    }

    private static string List(IEnumerable<string> rows, string next) => new StringBuilder("{\"items\":[").AppendJoin(',', rows).Append("],\"next_token\":\"").Append(next).Append("\"}").ToString();

    private static string Spec(int job) => $$"""{"name":"pipeline-{{job:d3}}","type":"pipeline","namespace":"default","priority":50,"labels":{"team":"t{{job % 5}}"},"config":{"input":{"file":{"paths":["/var/log/app-{{job}}/*.log"],"codec":"lines"} },"pipeline":{"processors":[{"mapping":"root = this\nroot.site = env(\"SITE\")"},{"log":{"level":"DEBUG","message":"seen"} }]},"output":{"http_client":{"url":"https://collect.example/v1/{{job}}","verb":"POST","batching":{"count":100,"period":"1s"} } } },"selector":{"match_labels":{"tier":"edge"} },"rollout":{"strategy":"rolling","max_parallel":10} }""";

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);

    private static int Number(string? text, int otherwise) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private static IResult Json(string text) => Results.Text(text, "application/json");

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
