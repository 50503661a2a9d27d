using System.Net;
using ExecutionDashboard.IntegrationTests.Circuits;

namespace ExecutionDashboard.IntegrationTests.Chaos;

/// <summary>Somebody who looks at a page while everything fails.</summary>
internal interface IChaosViewer
{
    /// <summary>What is seen from now on counts.</summary>
    void Mark();

    /// <summary>Null when the page was updated since the last <see cref="Mark"/> and is connected; else what is wrong with it.</summary>
    Task<string?> ProblemAsync();
}

/// <summary>A viewer without a browser, who loads the page again when it loses its connection, as the page's own script does. Nobody clicks.</summary>
internal sealed class ChaosViewer : IChaosViewer, IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100), Pause = TimeSpan.FromMilliseconds(500), Patience = TimeSpan.FromSeconds(5);
    private readonly CookieContainer _cookies = new();
    private readonly CancellationTokenSource _end = new();
    private readonly HttpClient _http;
    private readonly Uri _address;
    private readonly string _path;
    private readonly Task _viewing;
    private volatile string _problem = "The page is loading.";
    private long _renders, _marked;
    private int _loads;

    /// <param name="address">The balancer.</param>
    /// <param name="path">The page, without a leading slash.</param>
    public ChaosViewer(Uri address, string path)
    {
        (_address, _path) = (address, path);
        _http = new HttpClient(new HttpClientHandler { CookieContainer = _cookies }) { Timeout = Patience };
        _viewing = ViewAsync();
    }

    /// <summary>How often the page was loaded.</summary>
    public int Loads => Volatile.Read(ref _loads);

    public void Mark() => Interlocked.Exchange(ref _marked, Interlocked.Read(ref _renders));

    public Task<string?> ProblemAsync() => Task.FromResult(_problem.Length > 0 ? $"A viewer of {_path}: {_problem}" : Interlocked.Read(ref _renders) > Interlocked.Read(ref _marked) ? null : $"A viewer of {_path} is connected and is sent nothing.");

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _viewing;
        _http.Dispose();
        _end.Dispose();
    }

    private async Task ViewAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                var page = await _http.GetStringAsync(new Uri(_address, _path), _end.Token);
                await using var circuit = await Circuit.OpenAsync(_http, _address, _path, page, _ => Interlocked.Increment(ref _renders), _ => { }, connect => connect.Cookies = _cookies);
                Interlocked.Increment(ref _loads);
                _problem = "";
                while (circuit.IsOpen && circuit.Errors == 0 && !_end.IsCancellationRequested) await Task.Delay(Look, TimeProvider.System);
                _problem = "The connection is lost.";
            }
            catch (Exception e) when (Circuit.IsRefusal(e) || e is OperationCanceledException)
            {
                _problem = $"The page cannot be loaded: {e.Message}";
            }
            await Task.Delay(Pause, TimeProvider.System, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
