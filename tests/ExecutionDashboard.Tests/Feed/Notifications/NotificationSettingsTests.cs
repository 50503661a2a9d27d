using ExecutionDashboard.Feed.Notifications;
using ExecutionDashboard.Fleet.Attention;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Tests.Feed.Notifications;

/// <summary>What a start makes of <c>Notifications:*</c>.</summary>
public sealed class NotificationSettingsTests
{
    private const string Secret = "T000-s3cr3t";

    [Fact]
    public void Read_Everything_IsWhatWasSet()
    {
        var settings = Read(
            ("ops:Url", "https://hooks.example.com/" + Secret), ("ops:Format", "Slack"), ("ops:Severity", "critical"), ("ops:Causes", "outage, dispatch-lost"),
            ("ops:Headers", "Authorization: Bearer abc\nX-Other: a:b"), ("ops:QuietHours", "22:00-07:00"), ("ops:QuietZone", "Europe/Berlin"), ("ops:QuietSeverity", "none"),
            ("ops:BatchWindow", "00:00:10"), ("ops:RetryFor", "02:00:00"), ("am:Url", "http://alertmanager:9093/prefix/"), ("am:Format", "alertmanager"), ("am:Causes:0", "outage"));

        var (am, ops) = (settings.Targets[0], settings.Targets[1]);
        Assert.Equal(("am", "http://alertmanager:9093/prefix/api/v2/alerts"), (am.Name, am.Url.ToString()));
        Assert.Equal([ProblemCause.Outage], am.Causes);
        Assert.Equal((NotificationFormat.Slack, ProblemSeverity.Critical, null), (ops.Format, ops.Severity, ops.QuietSeverity));
        Assert.Equal([ProblemCause.DispatchLost, ProblemCause.Outage], ops.Causes.Order());
        Assert.Equal([("Authorization", "Bearer abc"), ("X-Other", "a:b")], ops.Headers);
        Assert.Equal((new TimeOnly(22, 0), new TimeOnly(7, 0), "Europe/Berlin"), (ops.QuietHours!.From, ops.QuietHours.To, ops.QuietHours.Zone.Id));
        Assert.Equal((TimeSpan.FromSeconds(10), TimeSpan.FromHours(2)), (ops.BatchWindow, ops.RetryFor));
        Assert.Equal("ops", ops.ToString());
    }

    [Fact]
    public void Read_Nothing_HasNoReceivers() => Assert.Empty(Read().Targets);

    [Theory]
    [InlineData("Severity", "bad", "Notifications:ops:Severity is 'bad': it must be notice, warning, critical.")]
    [InlineData("Severity", "2", "Notifications:ops:Severity is '2': it must be notice, warning, critical.")]
    [InlineData("QuietSeverity", "bad", "Notifications:ops:QuietSeverity is 'bad': it must be notice, warning, critical or none.")]
    [InlineData("Format", "teams", "Notifications:ops:Format is 'teams': it must be json, slack, alertmanager.")]
    [InlineData("Url", "", "Notifications:ops:Url is missing: give the address that notifications are posted to.")]
    [InlineData("Url", "hooks.example.com/" + Secret, "Notifications:ops:Url is no http or https address.")]
    [InlineData("Url", "ftp://hooks.example.com/" + Secret, "Notifications:ops:Url is no http or https address.")]
    [InlineData("Url", "https://me:" + Secret + "@hooks.example.com/", "Notifications:ops:Url has a user name or password in it: give them as a header (Notifications:ops:Headers).")]
    [InlineData("Causes", "outage, flood", "Notifications:ops:Causes has 'flood', which is no cause: docs/attention.md lists them, such as outage.")]
    [InlineData("Headers", Secret, "Notifications:ops:Headers has a line that is no header that can be set: each must be 'Name: value', in ASCII.")]
    [InlineData("Headers", "Content-Type: " + Secret, "Notifications:ops:Headers has a line that is no header that can be set: each must be 'Name: value', in ASCII.")]
    [InlineData("Headers", "Bad Name: " + Secret, "Notifications:ops:Headers has a line that is no header that can be set: each must be 'Name: value', in ASCII.")]
    [InlineData("QuietHours", "late", "Notifications:ops:QuietHours is 'late': it must be two times such as 22:00-07:00.")]
    [InlineData("QuietZone", "Mars", "Notifications:ops:QuietZone is 'Mars': it must be a zone that this machine knows, such as Europe/Berlin.")]
    [InlineData("BatchWindow", "00:00:00", "Notifications:ops:BatchWindow is 00:00:00: it must be 00:00:01 to 00:10:00 (days.hours:minutes:seconds).")]
    public void Read_WhatMakesNoSense_IsOneLineThatNamesTheSettingAndHasNoSecret(string name, string value, string problem)
    {
        var refused = Assert.Throws<OptionsValidationException>(() => Read(("ops:Url", "https://hooks.example.com/" + Secret), ("ops:QuietHours", "1:00-2:00"), ($"ops:{name}", value)));

        Assert.Equal([problem], refused.Failures);
        Assert.DoesNotContain(Secret, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_QuietHoursOfAnAlertmanager_AreRefused() =>
        Assert.Contains("use its mute time intervals", Assert.Throws<OptionsValidationException>(() => Read(("am:Url", "http://a/"), ("am:Format", "alertmanager"), ("am:QuietHours", "1:00-2:00"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("https://d.example.com,https://e.example.com", "", "https://d.example.com/attention")]
    [InlineData("https://d.example.com:8443", "/fleet", "https://d.example.com:8443/fleet/attention")]
    [InlineData("", "/fleet", "")]
    public void Links_OfTheDashboard_AreBelowItsFirstPublicUrl(string urls, string path, string page)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Dashboard:PublicUrls", urls), new("Dashboard:PathBase", path)]).Build();

        Assert.Equal(page, DashboardLinks.Read(configuration).Attention);
        Assert.Equal("", DashboardLinks.Read(configuration).Of("https://elsewhere.example.com/"));
    }

    private static NotificationSettings Read(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection().Build();
        foreach (var (name, value) in settings) configuration["Notifications:" + name] = value;
        return NotificationSettings.Read(configuration);
    }
}
