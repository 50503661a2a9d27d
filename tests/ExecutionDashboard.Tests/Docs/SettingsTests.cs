using System.Globalization;
using System.Text.RegularExpressions;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Feed;
using ExecutionDashboard.Feed.Audit;
using ExecutionDashboard.Feed.Convergence;
using ExecutionDashboard.Feed.Notifications;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Hosting.Limits;
using ExecutionDashboard.Hosting.Settings;
using ExecutionDashboard.Hosting.SignIn;
using ExecutionDashboard.Live.Attention;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Operations.Bulk;
using ExecutionDashboard.Simulator;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Tests.Docs;

/// <summary>docs/settings.md against the option classes: every setting with its default and its range.</summary>
public sealed partial class SettingsTests
{
    private static readonly IReadOnlyList<(string Name, string Default, string Range)> Rows =
        [.. Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "settings.md"))).Select(m => (m.Groups[1].Value, m.Groups[2].Value.Trim(), m.Groups[3].Value.Trim()))];

    [Fact]
    public void Table_OfAllSettings_HasEachOnce() => Assert.Equal(KnownSettings.All.Order(StringComparer.Ordinal), Rows.Select(r => r.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Table_Defaults_AreThoseOfTheOptionClasses()
    {
        var defaults = Defaults();
        foreach (var (name, value, _) in Rows)
            if (defaults.TryGetValue(name, out var expected)) Assert.Equal((name, expected.Length == 0 ? "none" : $"`{expected}`"), (name, value));
    }

    [Fact]
    public void Table_Ranges_AreThoseThatTheStartAccepts()
    {
        var ranges = Rows.Select(r => (r.Name, Match: Range().Match(r.Range))).Where(r => r.Match.Success).ToList();
        Assert.True(ranges.Count > 20);
        foreach (var (name, match) in ranges)
        {
            var (least, most) = (match.Groups[1].Value, match.Groups[2].Value);
            Assert.Equal((name, ""), (name, Problems(name, least) + Problems(name, most)));
            Assert.True(Problems(name, Beside(least, -1)).Length > 0, $"{name} may be less than {least}.");
            Assert.True(Problems(name, Beside(most, 1)).Length > 0, $"{name} may be more than {most}.");
        }
    }

    private static Dictionary<string, string> Defaults()
    {
        var defaults = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (section, options) in new (string, object)[]
        {
            (ControlPlaneOptions.Section, new ControlPlaneOptions()), (LimitsOptions.Section, new LimitsOptions()), (AttentionOptions.Section, new AttentionOptions()),
            (AuthOptions.Section, new AuthOptions()), (BulkOptions.Section, new BulkOptions()),
            (SimulatorOptions.Section, new SimulatorOptions()), ("Storage", new FeedOptions()), ("Storage", new ExecutionDashboard.Storage.StorageSettings()), ("Audit", AuditOptions.Read(new ConfigurationBuilder().Build())), ("Convergence", ConvergenceOptions.Usual), (LimitsOptions.Section, new FeedOptions()),
            ($"{NotificationOptions.Section}:{NotificationOptions.AnyName}", new NotificationOptions()),
        })
            foreach (var property in options.GetType().GetProperties().Where(p => p.CanWrite))
                if (property.GetValue(options) is { } value)
                    defaults.TryAdd($"{section}:{property.Name}", value is bool flag ? (flag ? "true" : "false") : Convert.ToString(value, CultureInfo.InvariantCulture)!);
        return defaults;
    }

    // What a start would say of a value.
    private static string Problems(string name, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build();
        try
        {
            if (name.StartsWith(NotificationOptions.Section, StringComparison.Ordinal))
            {
                configuration[$"{NotificationOptions.Section}:{NotificationOptions.AnyName}:{nameof(NotificationOptions.Url)}"] = "https://hooks.example.com/";
                NotificationSettings.Read(configuration);
                return "";
            }
            AuditOptions.Read(configuration);
            ConvergenceOptions.Read(configuration);
            var result = FeedHosting.Settings.Contains(name) ? OfFeed(configuration) : name.Split(':')[0] switch
            {
                ControlPlaneOptions.Section => Of(configuration, ControlPlaneOptions.Section, new ControlPlaneOptions(), new ControlPlaneOptionsCheck()),
                LimitsOptions.Section => Of(configuration, LimitsOptions.Section, new LimitsOptions(), new LimitsOptionsCheck()),
                AttentionOptions.Section => Of(configuration, AttentionOptions.Section, new AttentionOptions(), new AttentionOptionsCheck()),
                AuthOptions.Section => Of(configuration, AuthOptions.Section, new AuthOptions(), new AuthOptionsCheck()),
                BulkOptions.Section => Of(configuration, BulkOptions.Section, new BulkOptions(), new BulkOptionsCheck(new AccessSettings { TellsPeopleApart = true })),
                SimulatorOptions.Section => Of(configuration, SimulatorOptions.Section, new SimulatorOptions(), new SimulatorOptionsValidator()),
                _ => throw new InvalidOperationException($"{name} is of no option class: a range in the table cannot be checked."),
            };
            return result.FailureMessage ?? "";
        }
        catch (OptionsValidationException e)
        {
            return e.Message;
        }
    }

    private static ValidateOptionsResult Of<T>(IConfiguration configuration, string section, T options, IValidateOptions<T> check) where T : class
    {
        configuration.GetSection(section).Bind(options);
        return check.Validate(null, options);
    }

    private static ValidateOptionsResult OfFeed(IConfiguration configuration)
    {
        var (setup, options) = (new FeedOptionsSetup(configuration), new FeedOptions());
        setup.Configure(options);
        return setup.Validate(null, options);
    }

    // The nearest value on the other side: a millisecond, one, or a thousandth.
    private static string Beside(string value, int side) =>
        value.Contains(':', StringComparison.Ordinal) ? TimeSpan.Parse(value, CultureInfo.InvariantCulture).Add(TimeSpan.FromMilliseconds(side)).ToString()
        : value.Contains('.', StringComparison.Ordinal) ? (decimal.Parse(value, CultureInfo.InvariantCulture) + side * 0.001m).ToString(CultureInfo.InvariantCulture)
        : (long.Parse(value, CultureInfo.InvariantCulture) + side).ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\| `([\w:]+)` \| ([^|]*) \| ([^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("^`([0-9.:]+)` – `([0-9.:]+)`$")]
    private static partial Regex Range();
}
