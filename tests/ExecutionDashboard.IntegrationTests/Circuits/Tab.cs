using System.Text;
using ExecutionDashboard.IntegrationTests.EndToEnd;

namespace ExecutionDashboard.IntegrationTests.Circuits;

/// <summary>An open page of somebody who is signed in, and the texts that it was sent.</summary>
internal sealed class Tab : IAsyncDisposable
{
    private readonly StringBuilder _sent = new();
    private readonly HttpClient _http;
    private Circuit _circuit = null!;

    private Tab(string cookies) => _http = new HttpClient(new HttpClientHandler { UseCookies = false }) { DefaultRequestHeaders = { { "Cookie", cookies } } };

    /// <summary>Failures of the page.</summary>
    public long Errors => _circuit.Errors;

    /// <summary>Opens a page.</summary>
    /// <param name="dashboard">Where it is connected.</param>
    /// <param name="path">The page, without a leading slash.</param>
    /// <param name="cookies">Those of the person.</param>
    /// <param name="document">The dashboard that gives its document, where that is another one.</param>
    public static async Task<Tab> OpenAsync(Uri dashboard, string path, string cookies, Uri? document = null)
    {
        var tab = new Tab(cookies);
        var page = await tab._http.GetStringAsync(new Uri(document ?? dashboard, path));
        tab._circuit = await Circuit.OpenAsync(tab._http, dashboard, path, page, tab.Note, text => tab.Note(Encoding.UTF8.GetBytes(text)), o => o.Headers["Cookie"] = cookies);
        return tab;
    }

    /// <summary>Waits until it was sent these texts, in any order; of texts with a bar between them one is enough.</summary>
    public Task ShowsAsync(params string[] texts) => Eventually.HoldsAsync(() =>
    {
        string sent;
        lock (_sent) sent = _sent.ToString();
        return Task.FromResult(Array.Find(texts, text => !text.Split('|').Any(one => sent.Contains(one, StringComparison.Ordinal))) is { } missing ? $"'{missing}' was not sent in {sent.Length} characters, {Errors} errors" : null);
    });

    /// <summary>What was sent so far does not count.</summary>
    public void Forget()
    {
        lock (_sent) _sent.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await _circuit.DisposeAsync();
        _http.Dispose();
    }

    private void Note(byte[] sent)
    {
        lock (_sent) _sent.Append(Encoding.UTF8.GetString(sent));
    }
}
