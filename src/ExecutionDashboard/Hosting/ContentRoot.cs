namespace ExecutionDashboard.Hosting;

/// <summary>The folder that settings files and relative paths are based on: the program's own folder, not the working directory.</summary>
public static class ContentRoot
{
    /// <summary>Whether another folder is set (<c>--contentRoot</c>, <c>ASPNETCORE_CONTENTROOT</c>).</summary>
    public static bool IsSet(string[] args) => new ConfigurationBuilder()
        .AddEnvironmentVariables("DOTNET_").AddEnvironmentVariables("ASPNETCORE_").AddCommandLine(args).Build()[HostDefaults.ContentRootKey] is { Length: > 0 };
}
