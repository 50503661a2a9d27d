using ExecutionDashboard.Components.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace ExecutionDashboard.Components;

/// <summary>The page's frame, rendered once without interactivity. What is in it is live: nothing is prerendered, so nothing loads twice.</summary>
public partial class App
{
    private static readonly InteractiveServerRenderMode _interactive = new(prerender: false);
    private bool _dark;
    private string _themeSheet = "";

    [Inject]
    private ThemeSheet Theme { get; set; } = null!;

    [CascadingParameter]
    private HttpContext? HttpContext { get; set; }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _dark = ThemeChoice.Parse(HttpContext?.Request.Cookies[ThemeChoice.Cookie]).IsDark;
        _themeSheet = await Theme.AddressAsync();
    }
}
