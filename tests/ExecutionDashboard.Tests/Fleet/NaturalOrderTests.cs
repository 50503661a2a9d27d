using CsCheck;
using ExecutionDashboard.Fleet;
using static ExecutionDashboard.Tests.Fleet.Deployments.RolloutFleet;

namespace ExecutionDashboard.Tests.Fleet;

public sealed class NaturalOrderTests
{
    // Few letters, so that names share beginnings; zeros before numbers, both cases, a letter beyond ASCII, signs around the digits.
    private static readonly Gen<string> Name = Gen.Frequency(
        (8, One("a", "A", "b", "é", "É", "-", "/", ":", ".")),
        (6, One("0", "00", "1", "2", "9", "10", "12", "010", "99999999999999999999"))).Array[0, 6].Select(string.Concat);

    [Theory]
    [InlineData("edge-2", "edge-10")]
    [InlineData("Edge-2", "edge-10")]
    [InlineData("edge-02", "edge-3")]
    [InlineData("edge-9", "edge-99999999999999999999")]
    [InlineData("edge-2-b", "edge-10-a")]
    [InlineData("2.9.0", "2.10.0")]
    [InlineData("edge", "edge-1")]
    [InlineData("edge-1", "edge-1a")]
    [InlineData("edge-", "edge-0")]
    [InlineData("alpha", "Beta")]
    [InlineData("EDGE-2", "edge-2")]
    [InlineData("edge-02", "edge-2")]
    public void Compare_NamesAsPeopleReadThem_FirstComesFirst(string first, string second)
    {
        Assert.True(NaturalOrder.Instance.Compare(first, second) < 0);
        Assert.True(NaturalOrder.Instance.Compare(second, first) > 0);
    }

    [Fact]
    public void Compare_AnyNames_IsTheOrderOfTheirKeys() => Gen.Select(Name, Name).Sample((a, b) =>
        Math.Sign(NaturalOrder.Instance.Compare(a, b)) == Math.Sign(Keyed(a, b)));

    [Fact]
    public void Compare_AnyThree_IsATotalOrderThatKnowsEqualTexts() => Gen.Select(Name, Name, Name).Sample((a, b, c) =>
    {
        var order = NaturalOrder.Instance;
        Assert.Equal(a == b, order.Compare(a, b) == 0);
        Assert.Equal(Math.Sign(order.Compare(a, b)), -Math.Sign(order.Compare(b, a)));
        if (order.Compare(a, b) <= 0 && order.Compare(b, c) <= 0) Assert.True(order.Compare(a, c) <= 0);
    });

    // Said once more and slowly, as texts whose ordinal order it is: before each number a zero and how many digits it has, letters in upper case.
    private static int Keyed(string a, string b) => string.CompareOrdinal(Key(a), Key(b)) is var order && order != 0 ? order : string.CompareOrdinal(a, b);

    private static string Key(string text)
    {
        var key = new System.Text.StringBuilder();
        for (var i = 0; i < text.Length;)
        {
            var end = i;
            while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
            if (end == i) key.Append(char.ToUpperInvariant(text[i++]));
            else
            {
                var number = text[i..end].TrimStart('0');
                key.Append('0').Append((char)number.Length).Append(number);
                i = end;
            }
        }
        return key.ToString();
    }
}
