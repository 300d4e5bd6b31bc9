// PDF/A-1b by PDFBox Preflight: java -cp … Preflight.java FILE…
import java.io.File;
import org.apache.pdfbox.preflight.PreflightDocument;
import org.apache.pdfbox.preflight.ValidationResult;
import org.apache.pdfbox.preflight.parser.PreflightParser;

public class Preflight {
  public static void main(String[] files) throws Exception {
    boolean good = true;
    for (String name : files) {
      PreflightParser parser = new PreflightParser(new File(name));
      parser.parse();
      try (PreflightDocument document = parser.getPreflightDocument()) {
        document.validate();
        ValidationResult result = document.getResult();
        good &= result.isValid();
        System.out.println(name + (result.isValid() ? ": valid" : ": not valid"));
        for (ValidationResult.ValidationError e : result.getErrorsList())
          System.out.println("  " + e.getErrorCode() + " " + e.getDetails());
      }
    }
    System.exit(good ? 0 : 1);
  }
}
