using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Hosting.Settings;

/// <summary>
/// Stops a start with a setting that does not exist. Left alone, a misspelt <c>ControlPlane:Url</c> shows an invented fleet that looks like the real one. Settings of the
/// framework (<c>Logging</c>, <c>Kestrel</c>) and variables of other programs are left alone, unless they are nearly one of ours.
/// </summary>
internal static class SettingNames
{
    /// <summary>Looks through all that was given: files, environment, command line.</summary>
    /// <exception cref="OptionsValidationException">Names that are no setting; a line for each says where it is and which name is near.</exception>
    public static void Check(IConfigurationRoot configuration)
    {
        var problems = configuration.Providers
            .SelectMany(provider => Keys(provider, null).Where(key => !KnownSettings.Contains(key)).Select(key => Problem(key, provider)))
            .OfType<string>().Distinct().ToList();
        if (problems.Count > 0) throw new OptionsValidationException("", typeof(KnownSettings), problems);
    }

    // Every key that has a value. A provider tells one level of keys at a time.
    private static IEnumerable<string> Keys(IConfigurationProvider provider, string? parent)
    {
        foreach (var child in provider.GetChildKeys([], parent).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var key = parent is null ? child : ConfigurationPath.Combine(parent, child);
            if (provider.TryGet(key, out var value) && !string.IsNullOrEmpty(value)) yield return key;
            foreach (var below in Keys(provider, key)) yield return below;
        }
    }

    private static string? Problem(string key, IConfigurationProvider provider)
    {
        var isVariable = provider is EnvironmentVariablesConfigurationProvider;
        if (Advice(key, isVariable) is not { } advice) return null;
        var place = provider switch
        {
            EnvironmentVariablesConfigurationProvider => $"environment variable {Variable(key)}",
            JsonConfigurationProvider json => json.Source.Path,
            CommandLineConfigurationProvider => "command line",
            _ => "configuration",
        };
        return $"There is no setting '{key}' ({place}). {advice}";
    }

    // What to say of a key that is none of ours; null when it is somebody else's.
    private static string? Advice(string key, bool isVariable)
    {
        if (key.IndexOf(':', StringComparison.Ordinal) is var colon and > 0)
        {
            // What is below a setting is its element or a mistake; the setting's own name tells which is meant.
            var (section, name) = (key[..colon], key[(colon + 1)..].Split(':')[0]);
            if (Section(section) is { } own) return Meant(own, name) is { } meant ? DidYouMean(meant) : Has(own);
            return NearestName.Of(section, KnownSettings.Sections) is { } near ? DidYouMean(Meant(near, name) ?? $"{near}:{name}") : null;
        }
        if (KnownSettings.All.FirstOrDefault(setting => Letters(setting) == Letters(key)) is { } same) return DidYouMean(same);
        // Names in capitals are other programs' (ROLE, FEED): ours are written as in the documents.
        if (isVariable && !key.Any(char.IsLower)) return null;
        return Section(key) is { } whole ? isVariable ? null : Has(whole)
            : NearestName.Of(key, KnownSettings.All) is { } nearest ? DidYouMean(nearest)
            : null;

        string DidYouMean(string setting) => $"Did you mean '{(isVariable ? Variable(setting) : setting)}'?";
    }

    // The setting that was meant by a name in a section: a near one, the one of this name in another section, or one that has the name in it.
    private static string? Meant(string section, string name) =>
        NearestName.Of(name, NamesIn(section)) is { } near ? $"{section}:{near}"
        : KnownSettings.All.FirstOrDefault(setting => setting.EndsWith(":" + name, StringComparison.OrdinalIgnoreCase))
            ?? KnownSettings.All.FirstOrDefault(setting => name.Length > 2 && setting.StartsWith(section, StringComparison.Ordinal) && setting.Contains(name, StringComparison.OrdinalIgnoreCase));

    private static string? Section(string name) => KnownSettings.Sections.FirstOrDefault(section => section.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static string Has(string section) => $"{section} has {string.Join(", ", NamesIn(section))}.";

    private static IEnumerable<string> NamesIn(string section) =>
        KnownSettings.All.Where(setting => setting.StartsWith(section + ":", StringComparison.Ordinal)).Select(setting => setting[(section.Length + 1)..]);

    private static string Variable(string key) => key.Replace(":", "__", StringComparison.Ordinal);

    // What is left of a name whose parts are joined in another way: Feed_Url, feed-url.
    private static string Letters(string name) => new([.. name.Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant)]);
}
