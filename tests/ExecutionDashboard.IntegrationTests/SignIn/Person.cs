using System.Net;
using System.Text.RegularExpressions;

namespace ExecutionDashboard.IntegrationTests.SignIn;

/// <summary>A browser without scripts: keeps cookies, follows redirects, and fills in the provider's form.</summary>
internal sealed partial class Person : IDisposable
{
    private readonly CookieContainer _cookies = new();

    public Person(Uri dashboard)
    {
        Http = new HttpClient(new HttpClientHandler { CookieContainer = _cookies }) { BaseAddress = dashboard, DefaultRequestHeaders = { { "Accept", "text/html" } } };
        Steps = new HttpClient(new HttpClientHandler { CookieContainer = _cookies, AllowAutoRedirect = false }) { BaseAddress = dashboard, DefaultRequestHeaders = { { "Accept", "text/html" } } };
    }

    /// <summary>Follows redirects.</summary>
    public HttpClient Http { get; }

    /// <summary>The same browser, and does not.</summary>
    public HttpClient Steps { get; }

    /// <summary>All that its cookies for the dashboard hold.</summary>
    public string Cookies => _cookies.GetCookieHeader(Http.BaseAddress!);

    /// <summary>Signs in and gives the reply of the page that was wanted.</summary>
    public async Task<HttpResponseMessage> SignInAsync(string name, string returnUrl = "/") => await AnswerAsync(await Http.GetAsync($"signin/start?returnUrl={Uri.EscapeDataString(returnUrl)}"), ("login", name));

    /// <summary>Fills in the provider's form.</summary>
    public async Task<HttpResponseMessage> AnswerAsync(HttpResponseMessage form, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await Http.PostAsync(await FormAsync(form), content);
    }

    /// <summary>Fills in the provider's form, and goes on by hand until the address of the dashboard to which the provider sends the browser back; that is not opened.</summary>
    public async Task<Uri> AnswerUntilCallbackAsync(HttpResponseMessage form, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        var reply = await Steps.PostAsync(await FormAsync(form), content);
        for (var steps = 0; steps < 10; steps++)
        {
            var next = new Uri(reply.RequestMessage!.RequestUri!, reply.Headers.Location!);
            if (next.AbsolutePath == "/signin-oidc") return next;
            reply = await Steps.GetAsync(next);
        }
        throw new InvalidOperationException("The provider did not send the browser back.");
    }

    public void Dispose()
    {
        Http.Dispose();
        Steps.Dispose();
    }

    private static async Task<Uri> FormAsync(HttpResponseMessage form) =>
        new(form.RequestMessage!.RequestUri!, FormAction().Match(await form.Content.ReadAsStringAsync()) is { Success: true } action ? action.Groups[1].Value : throw new InvalidOperationException($"No form at {form.RequestMessage.RequestUri}: {form.StatusCode}"));

    [GeneratedRegex("<form method=\"post\" action=\"([^\"]+)\"")]
    private static partial Regex FormAction();
}
