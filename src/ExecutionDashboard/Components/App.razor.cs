using ExecutionDashboard.Components.Layout;
using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Operations.UserData;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Components.Web;

namespace ExecutionDashboard.Components;

/// <summary>The HTML document of every page, rendered once on the server. The page inside it is interactive; it is prerendered only when it loads no data.</summary>
public partial class App
{
    private static readonly InteractiveServerRenderMode _live = new(prerender: false), _drawnThenLive = new(prerender: true);
    // What every page imports, in the order of need.
    private static readonly string[] Modules = ["server-clock", "spans", "zone", "groups", "place", "rows", "attention", "palette"];
    private bool _dark;
    private string _themeSheet = "";
    private string _browser = "";
    // The moment of the past that is shown.
    private string? _at;
    private long? _moment;
    private bool _isAsked;
    private Dictionary<string, object> _preferences = [];

    [Inject]
    private ThemeSheet Theme { get; set; } = null!;

    [Inject]
    private PageSheet PageStyles { get; set; } = null!;

    [Inject]
    private DemoFleet Demo { get; set; } = null!;

    [Inject]
    private AccessSettings Access { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private Person Person { get; set; } = null!;

    [Inject]
    private PreferenceOperations Preferences { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private ViewedMoment Viewed { get; set; } = null!;

    [CascadingParameter]
    private HttpContext? HttpContext { get; set; }

    // The fleet of a moment is loaded, so nothing of it can be in the document.
    private InteractiveServerRenderMode Mode =>
        !_isAsked && HttpContext?.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type.IsDefined(typeof(PrerenderedAttribute), inherit: false) == true ? _drawnThenLive : _live;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        ReadMoment();
        if (!Person.SignsIn && HttpContext is { } context) Person.UseBrowser(_browser = Recognize(context));
        var preferences = Preferences.Now;
        var theme = ThemeChoice.Parse(HttpContext?.Request.Cookies[ThemeChoice.Cookie]).With(preferences.Theme);
        _dark = theme.IsDark;
        // Before the feed was heard the browser shows what it showed last: see js/theme.js.
        if (Preferences.IsKnown) _preferences = PreferenceAttributes.Of(preferences, theme);
        // The bare address alone: links to the overview say that they mean it.
        if (preferences.StartPage.Length > 0 && HttpContext is { Request: { Path.Value: "/" or "", QueryString.HasValue: false } }) Navigation.NavigateTo(preferences.StartPage, replace: true);
        _themeSheet = await Theme.AddressAsync();
    }

    // A length of time is one before this document.
    private void ReadMoment()
    {
        if (HttpContext?.Request.Query[MomentAddress.Key].ToString() is not { Length: > 0 } text) return;
        Viewed.Read(text);
        _isAsked = true;
        if (Viewed.At is { } at) (_at, _moment) = (MomentAddress.Text(at), at.ToUnixTimeMilliseconds());
    }

    // The cookie lasts as long as browsers allow, counted from the last visit.
    private static string Recognize(HttpContext context)
    {
        var id = context.Request.Cookies[BrowserId.Cookie];
        if (!BrowserId.IsOne(id)) id = BrowserId.New();
        if (!context.Response.HasStarted) context.Response.Cookies.Append(BrowserId.Cookie, id!, new CookieOptions
        {
            HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, MaxAge = TimeSpan.FromDays(400), Path = context.Request.PathBase.ToUriComponent() + "/", IsEssential = true,
        });
        return id!;
    }
}
