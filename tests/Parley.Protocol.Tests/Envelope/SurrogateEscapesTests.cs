using System.Text;
using Parley.Protocol.Envelope;

namespace Parley.Protocol.Tests.Envelope;

public sealed class SurrogateEscapesTests
{
    [Theory]
    [InlineData("\"\"", false)]
    [InlineData("\"plain 日本 \ud83d\ude00\"", false)]
    [InlineData("""
        "\u00e9\n\"\\"
        """, false)]
    [InlineData("""
        "\ud83d\ude00"
        """, false)]
    [InlineData("""
        "\uD83D\uDE00\ud83d\ude00x"
        """, false)]
    [InlineData("""
        "\\ud800"
        """, false)]
    [InlineData("""
        "\ud800"
        """, true)]
    [InlineData("""
        "\uDFFF"
        """, true)]
    [InlineData("""
        "\ud83dx\ude00"
        """, true)]
    [InlineData("""
        "\ud83d\ud83d\ude00"
        """, true)]
    [InlineData("""
        "\ud83d\u0041"
        """, true)]
    [InlineData("""
        "\\\ud800"
        """, true)]
    [InlineData("""
        {"\udc00":1}
        """, true)]
    [InlineData("\"\\ud8", false)]
    [InlineData("\"\\uzzzz\"", false)]
    [InlineData("\\", false)]
    public void Half_a_pair_is_found_and_a_whole_one_is_none(string json, bool hasHalf) =>
        Assert.Equal(hasHalf, SurrogateEscapes.HasHalf(Encoding.UTF8.GetBytes(json)));
}
