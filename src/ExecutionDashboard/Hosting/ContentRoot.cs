namespace ExecutionDashboard.Hosting;

/// <summary>The folder that settings files and relative paths of settings start from. It is the program's own, not the one that the process happens to be started in.</summary>
public static class ContentRoot
{
    /// <summary>Whether another folder is asked for (<c>--contentRoot</c>, <c>ASPNETCORE_CONTENTROOT</c>).</summary>
    public static bool IsSet(string[] args) => new ConfigurationBuilder()
        .AddEnvironmentVariables("DOTNET_").AddEnvironmentVariables("ASPNETCORE_").AddCommandLine(args).Build()[HostDefaults.ContentRootKey] is { Length: > 0 };
}
