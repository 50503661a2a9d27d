using ExecutionDashboard.Feed;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Hosting;

/// <summary><c>--verify-audit [--head NUMBER:HASH]</c>: verifies the audit of the change log that the settings name, beside a running program or without one.</summary>
public static class AuditVerifier
{
    private const string Asked = "--verify-audit", Head = "--head";

    /// <summary>Whether the arguments request it.</summary>
    public static bool IsAsked(string[] args) => args.Contains(Asked);

    /// <summary>Writes what was found as one line; 0 when no row is broken, 1 when one is, 2 when the audit cannot be read.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var head = Array.IndexOf(args, Head) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
        string[] settings = [.. args.Where((arg, i) => arg != Asked && arg != Head && (i == 0 || args[i - 1] != Head))];
        try
        {
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = settings, ContentRootPath = ContentRoot.IsSet(settings) ? null : AppContext.BaseDirectory });
            return await FeedHosting.VerifyAuditAsync(builder.Configuration, builder.Environment.ContentRootPath, head, Console.Out);
        }
        catch (OptionsValidationException e)
        {
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, e.Failures));
            return 2;
        }
    }
}
