using CsCheck;
using ExecutionDashboard.Operations.UserData;

namespace ExecutionDashboard.Tests.Operations.UserData;

/// <summary>Preferences as they are kept: anything may be in what is read.</summary>
public sealed class PersonalPreferencesTests
{
    private static readonly (string Name, string[] Values)[] Known =
    [
        ("zone", ["local", "utc", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "EST5EDT"]), ("theme", ["system", "light", "dark"]), ("density", ["comfortable", "compact"]),
        ("keys", ["on", "off"]), ("motion", ["system", "reduced"]), ("page", ["attention", "executions", "nodes", "deployments", "jobs", "timeline", "specs"]),
    ];

    [Fact]
    public void Of_Nothing_IsTheDefault() =>
        Assert.Equal(new PersonalPreferences { Zone = "local", Theme = null, IsCompact = false, HasKeys = true, ReducesMotion = false, StartPage = "" }, PersonalPreferences.Of(new Dictionary<string, string>()));

    [Fact]
    public void Of_EveryValueThatCanBeKept_IsThatValue() => Assert.All(Known.SelectMany(k => k.Values.Select(value => (k.Name, value))), known =>
    {
        Assert.Equal("", PersonalPreferences.Problem(known.Name, known.value));
        var read = PersonalPreferences.Of(new Dictionary<string, string> { [known.Name] = known.value });
        var back = known.Name switch
        {
            "zone" => read.Zone,
            "theme" => read.Theme,
            "density" => read.IsCompact ? "compact" : "comfortable",
            "keys" => read.HasKeys ? "on" : "off",
            "motion" => read.ReducesMotion ? "reduced" : "system",
            _ => read.StartPage,
        };
        Assert.Equal(known.value, back);
    });

    [Fact]
    public void Of_AnyTextUnderAnyName_IsWhatProblemAllowsAndTheDefaultOtherwise() => Gen.Select(Gen.Int[0, Known.Length - 1].Select(i => Known[i].Name), Gen.String[0, 70]).Sample((name, value) =>
    {
        var read = PersonalPreferences.Of(new Dictionary<string, string> { [name] = value });
        if (PersonalPreferences.Problem(name, value).Length > 0) Assert.Equal(new PersonalPreferences(), read);
    }, iter: 500);

    [Theory]
    [InlineData("zone", "Europe/Berlin\" onload=\"x")]
    [InlineData("zone", "Europe/Berlin\n")]
    [InlineData("zone", "../../etc/passwd")]
    [InlineData("page", "https://elsewhere.example")]
    [InlineData("page", "signout")]
    [InlineData("other", "x")]
    public void Problem_WhatMustNotGetIntoADocument_IsSaid(string name, string value) => Assert.NotEqual("", PersonalPreferences.Problem(name, value));

    [Fact]
    public void BrowserId_New_IsOneAndUnlikeAnother()
    {
        var id = BrowserId.New();

        Assert.True(BrowserId.IsOne(id));
        Assert.NotEqual(id, BrowserId.New());
        Assert.All((string?[])[null, "", "x", id + "0", id[1..] + "G", id.ToUpperInvariant() + "A"], wrong => Assert.False(BrowserId.IsOne(wrong)));
    }
}
