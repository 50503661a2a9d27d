using ExecutionDashboard.Components.Layout;
using ExecutionDashboard.Components.SignIn;
using ExecutionDashboard.Fleet.Audit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace ExecutionDashboard.Hosting.SignIn;

/// <summary>Writes the pages around a sign-in. They are whole documents without a circuit, for people who may not have one.</summary>
internal static class SignInPages
{
    private const int MostValues = 10;

    /// <summary>Writes a page, or its text to what is no browser's navigation.</summary>
    public static async Task WriteAsync(HttpContext context, int status, SignInPage.Content page)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        if (!WantsPage(context))
        {
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync($"{page.Title}. {page.Text}", context.RequestAborted);
            return;
        }
        var services = context.RequestServices;
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(SignInPage.Page)] = page, [nameof(SignInPage.BasePath)] = context.Request.PathBase.ToUriComponent() + "/",
            [nameof(SignInPage.IsDark)] = ThemeChoice.Parse(context.Request.Cookies[ThemeChoice.Cookie]).IsDark, [nameof(SignInPage.ThemeSheet)] = await services.GetRequiredService<ThemeSheet>().AddressAsync(),
        });
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<SignInPage>(parameters)).ToHtmlString());
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(html, context.RequestAborted);
    }

    /// <summary>Answers who is not signed in: a person who opens a page goes to the sign-in, everything else gets 401.</summary>
    public static Task AskToSignInAsync(HttpContext context)
    {
        if (!WantsPage(context)) return WriteAsync(context, StatusCodes.Status401Unauthorized, new("Not signed in", "Reload the page, or open the dashboard in a browser, and sign in."));
        var request = context.Request;
        context.Response.Redirect($"{request.PathBase}{SignInEndpoints.PagePath}?returnUrl={Uri.EscapeDataString(request.PathBase + request.Path + request.QueryString)}");
        return Task.CompletedTask;
    }

    /// <summary>Answers who is signed in and has no role.</summary>
    public static Task WriteNoRoleAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var (options, person) = (services.GetRequiredService<AuthOptions>(), context.User);
        var values = services.GetRequiredService<RoleBindings>().ValuesOf(person);
        services.GetRequiredService<RequestAudit>().Refused(context, AuditActions.Open, new(AuditTarget.Address, context.Request.Path.Value ?? ""), "This needs the role viewer; the person has none.");
        var source = options.Is(nameof(AuthMode.Proxy)) ? $"header {options.ProxyRolesHeader}" : $"claim '{options.RolesClaim}'";
        return WriteAsync(context, StatusCodes.Status403Forbidden, new(
            "You have no role here",
            $"You are signed in as {services.GetRequiredService<Sessions>().NameOf(person)}. "
                + (values.Count == 0 ? $"Your sign-in came without the {source}, from which roles are read." : $"None of the values of your {source} has a role: {string.Join(", ", values.Take(MostValues))}{(values.Count > MostValues ? $" and {values.Count - MostValues} more" : "")}."),
            Note: "For whoever runs the dashboard: roles are bound by Auth:Roles:Viewer, :Operator and :Admin.", IsProblem: true, OffersSignOut: !options.Is(nameof(AuthMode.Proxy))));
    }

    private static bool WantsPage(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/_blazor") && context.Request.Headers.Accept.Any(accept => accept?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true)
        && (HttpMethods.IsGet(context.Request.Method) || context.Request.Path == SignInEndpoints.OutPath);
}
