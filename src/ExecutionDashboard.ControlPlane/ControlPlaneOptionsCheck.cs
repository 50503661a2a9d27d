using Microsoft.Extensions.Options;

namespace ExecutionDashboard.ControlPlane;

/// <summary>Validates the options. An error names the setting and never contains a secret.</summary>
internal sealed class ControlPlaneOptionsCheck : IValidateOptions<ControlPlaneOptions>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, ControlPlaneOptions options)
    {
        var problems = new List<string>();
        if (options.Url.Length > 0) CheckAddress("Url", options.Url, problems);
        CheckAddress("TokenUrl", options.TokenUrl, problems);
        if (options.Token.Length > 0 && options.ApiKey.Length > 0)
            problems.Add("ControlPlane:Token and ControlPlane:ApiKey are both set: remove one of them.");
        CheckSecret("Token", options.Token, problems);
        CheckSecret("ApiKey", options.ApiKey, problems);
        CheckTime("PollInterval", options.PollInterval, problems);
        CheckTime("SweepInterval", options.SweepInterval, problems);
        CheckTime("RequestTimeout", options.RequestTimeout, problems);
        CheckBytes("MaxResponseBytes", options.MaxResponseBytes, problems);
        CheckBytes("MaxObjectBytes", options.MaxObjectBytes, problems);
        if (options.MaxConcurrentRequests is < 1 or > 1000)
            problems.Add($"ControlPlane:MaxConcurrentRequests is {options.MaxConcurrentRequests}: it must be 1 to 1000.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    // Without the value: a wrong address may contain a password.
    private static void CheckAddress(string key, string value, List<string> problems)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
            problems.Add($"ControlPlane:{key} must be an absolute http or https address, such as https://expanso.example:9010.");
        else if (uri.UserInfo.Length > 0)
            problems.Add($"ControlPlane:{key} must not contain a user name or password: use ControlPlane:Token or ControlPlane:ApiKey.");
        else if (uri.Fragment.Length > 0 || uri.Query.Length > 0)
            problems.Add($"ControlPlane:{key} must not have a query (?…) or fragment (#…).");
    }

    private static void CheckSecret(string key, string value, List<string> problems)
    {
        if (value.Any(c => c is <= ' ' or > '~'))
            problems.Add($"ControlPlane:{key} has white space, a line break or a character that cannot be sent in a header.");
    }

    // A reply is parsed from one array, whose length is limited to int.MaxValue.
    private static void CheckBytes(string key, long value, List<string> problems)
    {
        if (value is < 1024 or > int.MaxValue / 2) problems.Add($"ControlPlane:{key} is {value}: it must be 1024 to {int.MaxValue / 2}.");
    }

    private static void CheckTime(string key, TimeSpan value, List<string> problems)
    {
        if (value < Shortest || value > Longest)
            problems.Add($"ControlPlane:{key} is {value}: it must be 00:00:00.1 to 01:00:00 (hours:minutes:seconds).");
    }
}
