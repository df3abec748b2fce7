namespace Parley.Accounts.Postgres.Tests;

public sealed class StorableTextTests
{
    // An attribute could not hold them.
    public static TheoryData<string, bool> Texts => new()
    {
        { "plain \\ {\"a\":\"\\u0000\"} \ud834\udd1e", true },
        { "\0", false },
        { "a\ud800b", false },
        { "\udc00\ud800", false },
        { "\u001a0000", false },
    };

    [Theory]
    [MemberData(nameof(Texts), DisableDiscoveryEnumeration = true)]
    public void A_text_that_can_be_kept_is_kept_as_it_is_and_every_other_one_can_be_read_back(string text, bool isKept)
    {
        var stored = StorableText.Of(text);

        Assert.Equal(isKept, stored.Equals(text, StringComparison.Ordinal));
        Assert.DoesNotContain('\0', stored);
        Assert.Equal(text, StorableText.Original(stored));
    }
}
