using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace ExecutionDashboard.Components.Layout;

/// <summary>
/// The theme as a style sheet for both schemes, rendered once with MudBlazor's own provider. Inside each page it would take 50 KB per viewer, and switching the
/// scheme would wait for the server.
/// </summary>
public sealed class ThemeSheet(IServiceScopeFactory scopes, ILoggerFactory logs)
{
    private readonly Lazy<Task<Sheet>> _sheet = new(() => DrawAsync(scopes, logs));

    /// <summary>Maps the style sheet. Its address changes with its content, so that browsers can cache it.</summary>
    public static IEndpointConventionBuilder Map(IEndpointRouteBuilder app) => app.MapGet("/theme.css", async (ThemeSheet theme, HttpResponse response) =>
    {
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Text((await theme._sheet.Value).Css, "text/css", Encoding.UTF8);
    });

    /// <summary>Address of the style sheet.</summary>
    public async Task<string> AddressAsync() => $"theme.css?v={(await _sheet.Value).Version}";

    private static async Task<Sheet> DrawAsync(IServiceScopeFactory scopes, ILoggerFactory logs)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, logs);
        var (light, dark) = (await DrawAsync(renderer, isDark: false), await DrawAsync(renderer, isDark: true));
        var css = $"{light}\n[data-theme=dark] {{\n{dark.Replace(":root", "&", StringComparison.Ordinal)}\n}}\n";
        return new Sheet(css, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(css)))[..10]);
    }

    private static Task<string> DrawAsync(HtmlRenderer renderer, bool isDark) => renderer.Dispatcher.InvokeAsync(async () =>
    {
        var drawn = await renderer.RenderComponentAsync<MudThemeProvider>(ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(MudThemeProvider.Theme)] = DashboardTheme.Theme, [nameof(MudThemeProvider.IsDarkMode)] = isDark, [nameof(MudThemeProvider.ObserveSystemDarkModeChange)] = false,
        }));
        var sheets = drawn.ToHtmlString().Split("<style").Skip(1).Select(s => s[(s.IndexOf('>') + 1)..s.IndexOf("</style>", StringComparison.Ordinal)]);
        return string.Join('\n', sheets);
    });

    private sealed record Sheet(string Css, string Version);
}
