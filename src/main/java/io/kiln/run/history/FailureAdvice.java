package io.kiln.run.history;

/** What people can do about a failure of an attempt, where its message does not say so itself. */
final class FailureAdvice {
    private FailureAdvice() {}

    /**
     * @param kind as run_failure has it
     * @param device that failed, null where none did
     * @param folder whose file system is full, null where none is
     */
    static String of(String kind, String device, String folder) {
        return switch (kind) {
            case "DISK_FULL" ->
                "Free some space on the file system of " + folder
                        + "; the run then goes on by itself, from what is done.";
            case "DEVICE" ->
                "Device " + device
                        + " is left alone for a while, where its node has another one. Should it fail again and"
                        + " again, look at it, and release it under Nodes when it works.";
            case "DEVICE_LOST" ->
                "Device " + device + " was tried out. Where it does not work any more it is left alone until somebody"
                        + " releases it under Nodes; the run goes on from what is done.";
            case "LOST" ->
                "Nothing: the run goes on by itself, from what is done. Where that happens often, look at the server's"
                        + " log and at the database.";
            default ->
                "Mend what the message names, then restart the run: it goes on from what is done. Where the input or a"
                        + " parameter is to change, queue its item anew instead.";
        };
    }
}
