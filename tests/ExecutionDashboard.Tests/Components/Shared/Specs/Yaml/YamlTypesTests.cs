using ExecutionDashboard.Components.Shared.Specs.Yaml;

namespace ExecutionDashboard.Tests.Components.Shared.Specs.Yaml;

public sealed class YamlTypesTests
{
    private const string Standard = "tag:yaml.org,2002:";

    [Theory]
    [InlineData("", "null")] [InlineData("~", "null")] [InlineData("NULL", "null")] [InlineData("nULL", null)]
    [InlineData("true", "true")] [InlineData("FALSE", "false")] [InlineData("yes", null)] [InlineData("On", null)] [InlineData("off", null)] [InlineData("y", null)] [InlineData("n", null)]
    [InlineData("0", "0")] [InlineData("-0", "-0")] [InlineData("+5", "5")] [InlineData("-5", "-5")]
    [InlineData("010", "8")] [InlineData("0777", "511")] [InlineData("-010", "-8")] [InlineData("08", "8")] [InlineData("0899", "899")]
    [InlineData("0x1F", "31")] [InlineData("0X1f", "31")] [InlineData("-0x10", "-16")] [InlineData("0xFFFFFFFFFFFFFFFF", "18446744073709551615")] [InlineData("0x10000000000000000", null)] [InlineData("0x", null)] [InlineData("0xZZ", null)]
    [InlineData("0o17", "15")] [InlineData("0o18", null)] [InlineData("0b101", "5")] [InlineData("0b12", null)]
    [InlineData("1_000", "1000")] [InlineData("1_000.5", "1000.5")] [InlineData("0x_1F", "31")] [InlineData("_1", null)] [InlineData("1,000", null)]
    [InlineData("1.10", "1.10")] [InlineData("1.", "1")] [InlineData(".5", "0.5")] [InlineData("+.5", "0.5")] [InlineData("-.5", "-0.5")] [InlineData("._5", null)] [InlineData("00.5", "0.5")] [InlineData("1.2.3", null)]
    [InlineData("1e3", "1e3")] [InlineData("1e-29", "1e-29")] [InlineData("1.E+3", "1E+3")] [InlineData("1e", null)] [InlineData("1E400", "1E400")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")] [InlineData("0.1234567890123456789012345678901", "0.1234567890123456789012345678901")]
    [InlineData(".inf", null)] [InlineData("-.INF", null)] [InlineData(".nan", null)] [InlineData("2026-01-01", null)] [InlineData("12:30:45", null)] [InlineData("-", null)] [InlineData("+", null)] [InlineData(".", null)] [InlineData("abc", null)]
    public void Plain_AnyScalar_IsWhatGoReads(string text, string? json) => Assert.Equal(json, YamlTypes.Plain(text));

    [Theory]
    [InlineData("int", "5", "5", "5")]
    [InlineData("int", "0x10", "16", "0x10")]
    [InlineData("float", "5", "5", "5")]
    [InlineData("float", ".inf", null, ".inf")]
    [InlineData("bool", "yes", "true", "yes")]
    [InlineData("bool", "False", "false", "False")]
    [InlineData("null", "~", "null", "~")]
    [InlineData("str", "5", null, "5")]
    [InlineData("timestamp", "2026-01-01", null, "2026-01-01")]
    [InlineData("binary", "aGVs\n bG8=", null, "hello")]
    [InlineData("binary", "/////w==", null, "/////w==")]
    public void Tagged_StandardTag_IsThatType(string tag, string text, string? json, string shown) => Assert.Equal((json, json is null ? shown : text), YamlTypes.Tagged(Standard + tag, text));

    [Theory]
    [InlineData("int", "a")]
    [InlineData("int", "1.5")]
    [InlineData("float", "true")]
    [InlineData("bool", "2")]
    [InlineData("null", "0")]
    [InlineData("binary", "not base64!")]
    public void Tagged_SomethingElse_IsRefused(string tag, string text) => Assert.Contains("!!" + tag, Assert.Throws<FormatException>(() => YamlTypes.Tagged(Standard + tag, text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Tagged_OwnTag_IsAText() => Assert.Equal((null, "5"), YamlTypes.Tagged("!mine", "5"));
}
