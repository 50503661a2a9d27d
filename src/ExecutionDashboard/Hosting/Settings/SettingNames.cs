using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Hosting.Settings;

/// <summary>
/// Stops the start when a setting does not exist. A misspelt <c>ControlPlane:Url</c> would otherwise show a simulated fleet that looks real. Settings of the
/// framework (<c>Logging</c>, <c>Kestrel</c>) and variables of other programs are ignored, unless they are similar to one of ours.
/// </summary>
internal static class SettingNames
{
    /// <summary>Checks all settings of files, environment and command line.</summary>
    /// <exception cref="OptionsValidationException">Unknown settings; one line for each with its source and the most similar name.</exception>
    public static void Check(IConfigurationRoot configuration)
    {
        var problems = configuration.Providers
            .SelectMany(provider => Keys(provider, null).Where(key => !KnownSettings.Contains(key)).Select(key => Problem(key, provider)))
            .OfType<string>().Distinct().ToList();
        if (problems.Count > 0) throw new OptionsValidationException("", typeof(KnownSettings), problems);
    }

    // All keys with a value. A provider lists one level of keys at a time.
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
        var (canonical, chosen) = KnownSettings.Canonical(key);
        if (Advice(canonical, isVariable) is not { } advice) return null;
        if (chosen.Length > 0)
            foreach (var (any, own) in (ReadOnlySpan<(string, string)>)[("name:", $"{chosen}:"), ("__name__", $"__{chosen}__"), (":n:", $":{chosen}:"), (" n:", $" {chosen}:"), ("__n__", $"__{chosen}__")]) advice = advice.Replace(any, own, StringComparison.Ordinal);
        var place = provider switch
        {
            EnvironmentVariablesConfigurationProvider => $"environment variable {Variable(key)}",
            JsonConfigurationProvider json => json.Source.Path,
            CommandLineConfigurationProvider => "command line",
            _ => "configuration",
        };
        return $"There is no setting '{key}' ({place}). {advice}";
    }

    // The message for an unknown key; null for a key of another program.
    private static string? Advice(string key, bool isVariable)
    {
        if (key.IndexOf(':', StringComparison.Ordinal) is var colon and > 0)
        {
            // Below a setting there is an element or a mistake; the setting's own name tells which.
            var parts = key[(colon + 1)..].Split(':');
            var (section, name) = (key[..colon], parts is ["name" or "n", var named, ..] ? $"{parts[0]}:{named}" : parts[0]);
            if (Section(section) is { } own) return Meant(own, name) is { } meant ? DidYouMean(meant) : Has(own);
            return NearestName.Of(section, KnownSettings.Sections) is { } near ? DidYouMean(Meant(near, name) ?? $"{near}:{name}") : null;
        }
        if (KnownSettings.All.FirstOrDefault(setting => Letters(setting) == Letters(key)) is { } same) return DidYouMean(same);
        // Names in capitals belong to other programs (ROLE, FEED); ours are written as in the docs.
        if (isVariable && !key.Any(char.IsLower)) return null;
        return Section(key) is { } whole ? isVariable ? null : Has(whole)
            : NearestName.Of(key, KnownSettings.All) is { } nearest ? DidYouMean(nearest)
            : null;

        string DidYouMean(string setting) => $"Did you mean '{(isVariable ? Variable(setting) : setting)}'?";
    }

    // A similar name in the section, the same name in another section, or a name that contains it.
    private static string? Meant(string section, string name) =>
        NearestName.Of(name, NamesIn(section)) is { } near ? $"{section}:{near}"
        // What has a name of the operator's choice was given without one.
        : NamesIn(section).FirstOrDefault(own => own.EndsWith(":" + name, StringComparison.OrdinalIgnoreCase)) is { } unnamed ? $"{section}:{unnamed}"
        : KnownSettings.All.FirstOrDefault(setting => setting.EndsWith(":" + name, StringComparison.OrdinalIgnoreCase))
            ?? KnownSettings.All.FirstOrDefault(setting => name.Length > 2 && setting.StartsWith(section, StringComparison.Ordinal) && setting.Contains(name, StringComparison.OrdinalIgnoreCase));

    private static string? Section(string name) => KnownSettings.Sections.FirstOrDefault(section => section.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static string Has(string section) => $"{section} has {string.Join(", ", NamesIn(section))}.";

    private static IEnumerable<string> NamesIn(string section) =>
        KnownSettings.All.Where(setting => setting.StartsWith(section + ":", StringComparison.Ordinal)).Select(setting => setting[(section.Length + 1)..]);

    private static string Variable(string key) => key.Replace(":", "__", StringComparison.Ordinal);

    // A name without separators: Feed_Url, feed-url.
    private static string Letters(string name) => new([.. name.Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant)]);
}
