using ExecutionDashboard.Components.Shared.Specs;
using ExecutionDashboard.Components.Shared.Specs.Yaml;

namespace ExecutionDashboard.Tests.Components.Shared.Specs.Yaml;

public sealed class YamlTextTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("two words")]
    [InlineData("5m")]
    [InlineData("1h30m")]
    [InlineData("v1.2.3")]
    [InlineData("eu-west-1")]
    [InlineData("a:b")]
    [InlineData("a#b")]
    [InlineData("https://example.com/a?b=c#d")]
    [InlineData("/var/log/*.log")]
    [InlineData("./a")]
    [InlineData("~/a")]
    [InlineData("${VAR}")]
    [InlineData("root = this.a")]
    [InlineData("nothing")]
    [InlineData("only")]
    [InlineData("it's")]
    [InlineData("äöü 日本語 😀")]
    public void IsPlain_TextForEveryReader_IsPlain(string text) => Assert.True(YamlText.IsPlain(text));

    [Theory]
    // Words of YAML 1.1 or 1.2, in any spelling.
    [InlineData("")] [InlineData("~")] [InlineData("null")] [InlineData("NULL")] [InlineData("True")] [InlineData("yes")] [InlineData("On")] [InlineData("OFF")] [InlineData("y")] [InlineData("N")] [InlineData("=")] [InlineData("<<")]
    [InlineData(".inf")] [InlineData("-.INF")] [InlineData("+.Inf")] [InlineData(".NaN")]
    // Numbers and times.
    [InlineData("0")] [InlineData("-1")] [InlineData("+1")] [InlineData("010")] [InlineData("0x10")] [InlineData("0X1F")] [InlineData("0b11")] [InlineData("0o17")] [InlineData("1_000")] [InlineData("1,000")] [InlineData("1e3")] [InlineData("1.5")] [InlineData(".5")]
    [InlineData("+.5e-3")] [InlineData("12:30:45")] [InlineData("190:20:30.15")] [InlineData("2026-01-01")] [InlineData("2026-1-1")] [InlineData("2001-12-14t21:59:43.10-05:00")] [InlineData("2001-12-14 21:59:43.10 -5")] [InlineData("123456789012345678901234567890")]
    // Signs of the language.
    [InlineData("- a")] [InlineData("? a")] [InlineData(": a")] [InlineData("a: b")] [InlineData("a:")] [InlineData("a #b")] [InlineData("#a")] [InlineData("&a")] [InlineData("*a")] [InlineData("!a")] [InlineData("|")] [InlineData(">")] [InlineData("'a'")]
    [InlineData("\"a\"")] [InlineData("%a")] [InlineData("@a")] [InlineData("`a`")] [InlineData("{a}")] [InlineData("[a]")] [InlineData("---")] [InlineData("--- a")] [InlineData("...")] [InlineData("... a")]
    // White space and what cannot be seen.
    [InlineData(" a")] [InlineData("a ")] [InlineData("a\t")] [InlineData("a\tb")] [InlineData("a\nb")] [InlineData("a\rb")] [InlineData("a\u0085b")] [InlineData("a\u2028b")] [InlineData("a\u2029b")] [InlineData("\uFEFFa")] [InlineData("a\u200Bb")] [InlineData("a\u00A0b")]
    [InlineData("a\0")] [InlineData("a\u007F")]
    public void IsPlain_SomethingElseForAReader_IsNot(string text) => Assert.False(YamlText.IsPlain(text));

    [Theory]
    [InlineData("a\tb\r\n", "\"a\\tb\\r\\n\"")]
    [InlineData("\u0085\u2028\uFEFF\u200B\u00A0\0", "\"\\u0085\\u2028\\ufeff\\u200b\\u00a0\\u0000\"")]
    [InlineData("\U000E0001", "\"\\U000e0001\"")]
    [InlineData("😀:", "\"😀:\"")]
    [InlineData("{\"a\":\"\\d\"}", "'{\"a\":\"\\d\"}'")]
    [InlineData("'\"\\", "\"'\\\"\\\\\"")]
    public void Quoted_AnyText_EscapesWhatIsNotSeen(string text, string quoted) => Assert.Equal(quoted, YamlText.Quoted(text));

    [Fact]
    public void Quoted_HalfASurrogatePair_IsEscaped() => Assert.Equal("\"\\ud83da\"", YamlText.Quoted("\ud83da"));

    [Theory]
    [InlineData("12", "12")]
    [InlineData("1.50", "1.50")]
    [InlineData("-0", "-0")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("1e3", "1.0e+3")]
    [InlineData("1E-29", "1.0e-29")]
    [InlineData("-2.5E+10", "-2.5e+10")]
    [InlineData("1E400", "1.0e+400")]
    public void Number_OfJson_KeepsItsDigitsAndIsOneInYaml11Too(string json, string yaml) => Assert.Equal(yaml, YamlText.Number(json));

    [Theory]
    [InlineData("a\nb", "m: |-\n  a\n  b\n")]
    [InlineData("a\nb\n", "m: |\n  a\n  b\n")]
    [InlineData("a\n\n\n", "m: |+\n  a\n\n\n")]
    [InlineData("a\n\n b", "m: |-\n  a\n\n   b\n")]
    [InlineData(" a\nb", "m: |2-\n   a\n  b\n")]
    [InlineData("\ta\nb\n", "m: |2\n  \ta\n  b\n")]
    [InlineData("\na\n\n", "m: |2+\n\n  a\n\n")]
    [InlineData("\n", "m: \"\\n\"\n")]
    [InlineData("a\n  \nb", "m: \"a\\n  \\nb\"\n")]
    [InlineData("a\nb ", "m: \"a\\nb \"\n")]
    [InlineData("a\r\nb\r\n", "m: \"a\\r\\nb\\r\\n\"\n")]
    [InlineData("a\u2028\nb", "m: \"a\\u2028\\nb\"\n")]
    public void Yaml_TextOfLines_IsABlockWhereNothingIsLost(string text, string yaml) =>
        Assert.Equal(yaml, SpecText.Yaml(new System.Text.Json.Nodes.JsonObject { ["m"] = text }.ToJsonString()));
}
