namespace Parley.Bench.Workloads.Day;

/// <summary>How people behave; all times are means, drawn anew each time.</summary>
/// <param name="Agents">Online all the time.</param>
/// <param name="Consumers">Each in a conversation, or about to begin one.</param>
/// <param name="RampSeconds">Over which they arrive; not measured.</param>
/// <param name="Minutes">Measured.</param>
internal sealed record DaySettings(int Agents, int Consumers, double RampSeconds, double Minutes)
{
    /// <summary>Until an agent accepts.</summary>
    public double AcceptSeconds => 2;

    /// <summary>Until a message is read.</summary>
    public double ReadSeconds => 3;

    /// <summary>From the first key to the message.</summary>
    public double TypeSeconds => 5;

    /// <summary>Until an agent begins to answer.</summary>
    public double AnswerSeconds => 20;

    /// <summary>Until a consumer begins to write again.</summary>
    public double ThinkSeconds => 30;

    /// <summary>Of the consumer; then he closes the conversation, and another begins.</summary>
    public int MessagesEach => 8;
}
