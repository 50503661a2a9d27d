using System.Text.Json;
using ExecutionDashboard.Fleet.Specs;

namespace ExecutionDashboard.Tests.Fleet.Specs;

public class SpecHashTests
{
    [Theory]
    [InlineData("""{"a":1,"b":[true,null]}""", """ { "b" : [ true , null ], "a" : 1 } """)]
    [InlineData("""{"name":"A\u0042"}""", """{"name":"AB"}""")]
    [InlineData("""{"a":1,"a":2}""", """{"a":2}""")]
    [InlineData("""{"x":{"b":1,"a":2}}""", """{"x":{"a":2,"b":1}}""")]
    public void Of_SameContentWrittenDifferently_IsEqual(string one, string other) => Assert.Equal(SpecHash.Of(one), SpecHash.Of(other));

    [Theory]
    [InlineData("""{"a":1}""", """{"a":1.0}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""")]
    [InlineData("""{"a":null}""", """{}""")]
    [InlineData("""{"a":"1"}""", """{"a":1}""")]
    public void Of_DifferentContent_Differs(string one, string other) => Assert.NotEqual(SpecHash.Of(one), SpecHash.Of(other));

    [Fact]
    public void Of_AnySpec_IsTheStartOfTheSha256OfItsCanonicalJson()
    {
        var sha = System.Security.Cryptography.SHA256.HashData("""{"a":[1.50,"é"],"b":{}}"""u8);
        Assert.Equal(Convert.ToHexStringLower(sha)[..32], SpecHash.Of("""{ "b": {}, "a": [1.50, "\u00e9"] }"""));
    }

    [Fact]
    public void Of_HalfASurrogatePair_IsHashedAsWritten() => Assert.NotEqual(SpecHash.Of("""["\ud800"]"""), SpecHash.Of("""["\ud801"]"""));

    [Fact]
    public void Of_NotJson_Throws() => Assert.ThrowsAny<JsonException>(() => SpecHash.Of("{"));
}
