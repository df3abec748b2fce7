namespace Parley.Protocol.Tests;

public sealed class SentFramesTests
{
    [Fact]
    public async Task What_the_writers_write_validates_against_our_own_schemas()
    {
        foreach (var (name, dialect, frame) in SentFrames.All())
        {
            var errors = await SchemaValidator.ValidateSentAsync(frame, dialect);
            Assert.True(errors.Count == 0, $"{name} in {dialect}: {string.Join("; ", errors)}{Environment.NewLine}{frame}");
        }
    }
}
