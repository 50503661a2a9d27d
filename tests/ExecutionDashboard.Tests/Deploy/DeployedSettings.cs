using ExecutionDashboard.Hosting;
using ExecutionDashboard.Hosting.Settings;
using ExecutionDashboard.Hosting.SignIn;
using Microsoft.Extensions.Configuration;

namespace ExecutionDashboard.Tests.Deploy;

/// <summary>Settings in a file of <c>deploy</c> against what the program and its documentation know.</summary>
internal static class DeployedSettings
{
    private static readonly string Documented = File.ReadAllText(Path.Combine(Repository.Root, "docs", "settings.md"));

    /// <summary>Every name is a setting that is documented (or one of ASP.NET Core), and the values that can be checked without a start are good ones.</summary>
    public static void AreGood(IReadOnlyDictionary<string, string> variables)
    {
        var settings = variables.ToDictionary(variable => variable.Key.Replace("__", ":", StringComparison.Ordinal), variable => variable.Value);
        foreach (var name in settings.Keys.Where(name => !name.StartsWith("ASPNETCORE_", StringComparison.Ordinal)))
        {
            Assert.True(KnownSettings.Contains(name), $"There is no setting {name}.");
            Assert.Contains($"`{name}`", Documented, StringComparison.Ordinal);
        }
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key.Replace("ASPNETCORE_", "", StringComparison.Ordinal), (string?)setting.Value))).Build();
        SettingNames.Check(configuration);
        AuthSettings.Read(configuration, RolesSetting.Read(configuration));
    }
}
