using System.Reflection;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using ExecutionDashboard.Components;
using ExecutionDashboard.ControlPlane.Http;
using ExecutionDashboard.Hosting.Requests;
using ExecutionDashboard.Hosting.SignIn;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Scopes;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.Features;

namespace ExecutionDashboard.Hosting;

/// <summary>
/// Asks this process for each of its pages once, as soon as it knows the fleet, so that their code is compiled and the first viewer does not wait for it. Its requests are in no metric, and count for no limit. Until it
/// is done, or has taken too long, <c>/health/ready</c> does not say that the dashboard is live. Not where people sign in: nobody is there who could open a page.
/// </summary>
internal sealed partial class PageWarmUp(OwnAddress own, ScopedFleets fleets, IServiceProvider services, TimeProvider time, ILogger<PageWarmUp> log) : BackgroundService
{
    private const string Header = "X-Warm-Up";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10), Look = TimeSpan.FromMilliseconds(50);

    // Only this process knows it.
    private readonly string _key = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether pages are ready.</summary>
    public bool IsDone => _done.Task.IsCompleted;

    /// <summary>Ends when they are.</summary>
    public Task Done => _done.Task;

    private static IEnumerable<string> Pages => typeof(App).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes<RouteAttribute>()).Select(route => route.Template)
        .Where(template => !template.Contains('{', StringComparison.Ordinal) && template != "/not-found").Order(StringComparer.Ordinal);

    /// <summary>Whether a request is one of this class.</summary>
    public bool Asks(HttpContext context) => context.Request.Headers[Header] == _key;

    /// <summary>Leaves the requests of this class out of the metrics of requests.</summary>
    public void LeaveOutOfMetrics(IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (Asks(context) && context.Features.Get<IHttpMetricsTagsFeature>() is { } metrics) metrics.MetricsDisabled = true;
        return next(context);
    });

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var replica = fleets.Whole.GetRequiredService<Replica>();
        while (own.BaseAddress is null || !replica.Freshness.IsLoaded) await Task.Delay(Look, time, stoppingToken);
        if (services.GetService<AuthOptions>() is { IsOn: true })
        {
            _done.TrySetResult();
            return;
        }
        using var limit = new CancellationTokenSource(Limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, limit.Token);
        try
        {
            await AskAsync(own.BaseAddress!, both.Token);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !stoppingToken.IsCancellationRequested)
        {
            // Whoever opens the first page waits a little longer.
            LogLeftOut(log, e.Message);
        }
        finally
        {
            _done.TrySetResult();
        }
    }

    private async Task AskAsync(Uri address, CancellationToken cancel)
    {
        using var http = new HttpClient(new ConnectionFaults(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false }));
        http.DefaultRequestHeaders.Add(Header, _key);
        http.DefaultRequestHeaders.Accept.ParseAdd("text/html,*/*;q=0.8");
        var document = "";
        await Parallel.ForEachAsync(Pages, new ParallelOptions { MaxDegreeOfParallelism = Math.Min(Environment.ProcessorCount, 4), CancellationToken = cancel }, async (page, ended) =>
        {
            using var reply = await http.GetAsync(new Uri(address, page.TrimStart('/')), ended);
            document = await reply.Content.ReadAsStringAsync(ended);
        });
        // As a browser asks for them.
        http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip, deflate, br, zstd");
        foreach (var asset in Assets().Matches(document).Select(m => m.Groups["path"].Value).Prepend("executions").Distinct(StringComparer.Ordinal))
            (await http.GetAsync(new Uri(address, asset), cancel)).Dispose();
    }

    [GeneratedRegex("(?:href|src)=\"(?<path>[^\":]+[.](?:css|js)(?:[?][^\"]*)?)\"")]
    private static partial Regex Assets();

    [LoggerMessage(Level = LogLevel.Debug, Message = "Pages were not all asked for at the start: {Reason}")]
    private static partial void LogLeftOut(ILogger logger, string reason);
}
