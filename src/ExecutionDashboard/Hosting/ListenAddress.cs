namespace ExecutionDashboard.Hosting;

/// <summary>Where the process listens when nothing says otherwise: on this machine only.</summary>
public static class ListenAddress
{
    /// <summary>The default address.</summary>
    public const string Url = "http://localhost:5080";

    /// <summary>
    /// Applies the default unless an address is set. It is not a setting in appsettings.json: one there would win over <c>ASPNETCORE_URLS</c>.
    /// </summary>
    public static void Default(WebApplicationBuilder builder)
    {
        string[] keys = [WebHostDefaults.ServerUrlsKey, "HTTP_PORTS", "HTTPS_PORTS"];
        var isSet = keys.Any(key => !string.IsNullOrEmpty(builder.Configuration[key])) || builder.Configuration.GetSection("Kestrel:Endpoints").Exists();
        if (!isSet) builder.WebHost.UseUrls(Url);
    }
}
