using CsCheck;

namespace Parley.Conversations.Tests.Properties;

public sealed class RandomCommandsTests(ITestOutputHelper output)
{
    private static readonly int Commands = Environment.GetEnvironmentVariable("PARLEY_TEST_ALL") == "1" ? 1_000_000 : 100_000;

    /// <summary>The message of a failure holds the shortest script found and its seed; <c>CsCheck_Seed=...</c> in the environment plays it again.</summary>
    [Fact]
    public void Random_commands_do_what_the_model_says()
    {
        var played = 0L;
        Script.Scripts.Sample(
            script => { Interlocked.Add(ref played, Rehearsal.Play(script)); },
            writeLine: output.WriteLine,
            iter: 2 * Commands / Script.Longest,
            print: script => Script.Print(Shortest(script)));
        output.WriteLine($"{played} commands");
        Assert.True(played > 0.9 * Commands, $"Only {played} commands were played.");
    }

    private static Exception? Failure(Step[] script) => Record.Exception(() => Rehearsal.Play(script));

    // The sampler shrinks by drawing smaller scripts; taking out the steps that do not matter gets to the point.
    private static Step[] Shortest(Step[] script)
    {
        for (var i = script.Length - 1; i >= 0; i--)
        {
            Step[] without = [.. script[..i], .. script[(i + 1)..]];
            if (Failure(without) is not null) script = without;
        }

        return script;
    }
}
