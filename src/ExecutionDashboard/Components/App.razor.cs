using ExecutionDashboard.Components.Layout;
using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Operations.Access;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Components.Web;

namespace ExecutionDashboard.Components;

/// <summary>The HTML document of every page, rendered once on the server. The page inside it is interactive; it is prerendered only when it loads no data.</summary>
public partial class App
{
    private static readonly InteractiveServerRenderMode _live = new(prerender: false), _drawnThenLive = new(prerender: true);
    private bool _dark;
    private string _themeSheet = "";

    [Inject]
    private ThemeSheet Theme { get; set; } = null!;

    [Inject]
    private DemoFleet Demo { get; set; } = null!;

    [Inject]
    private AccessSettings Access { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [CascadingParameter]
    private HttpContext? HttpContext { get; set; }

    private InteractiveServerRenderMode Mode =>
        HttpContext?.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type.IsDefined(typeof(PrerenderedAttribute), inherit: false) == true ? _drawnThenLive : _live;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _dark = ThemeChoice.Parse(HttpContext?.Request.Cookies[ThemeChoice.Cookie]).IsDark;
        _themeSheet = await Theme.AddressAsync();
    }
}
